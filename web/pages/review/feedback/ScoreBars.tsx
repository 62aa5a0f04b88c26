import type { SpeakingFeedbackFragment } from '../../../gql/documents.ts'

type ScoreName = 'fluency' | 'accuracy' | 'grammar' | 'vocabulary' | 'coherence'

const scoreNames: Record<ScoreName, { label: string; about: string }> = {
  fluency: { label: 'Fluency', about: 'pace and pauses' },
  vocabulary: { label: 'Vocabulary', about: 'range of words' },
  grammar: { label: 'Grammar', about: 'range and control of structures' },
  accuracy: { label: 'Accuracy', about: 'how free of errors' },
  coherence: { label: 'Coherence', about: 'how it hangs together' },
}

/** Each score as a bar; one that was not given says why. */
export function ScoreBars({ evaluation }: { evaluation: SpeakingFeedbackFragment }) {
  const names = Object.keys(scoreNames) as ScoreName[]
  return (
    <section class="scores" aria-labelledby="scores-title">
      <h3 id="scores-title">Scores</h3>
      <dl class="scores__list">
        {names.map((name) => (
          <Score
            key={name}
            {...scoreNames[name]}
            value={evaluation.scores[name]}
            reason={evaluation.withheld.find(({ measure }) => measure === name)?.reason}
          />
        ))}
      </dl>
      <details class="explain">
        <summary>
          What is this?<span class="hidden-visually"> The scores</span>
        </summary>
        <p>
          Each score goes from 0 to 100 and looks at one side of your speech. They are made to compare your own sessions
          with each other, not you with other people. A score that would have nothing to rest on is left out.
        </p>
      </details>
    </section>
  )
}

export interface ScoreProps {
  label: string
  about: string
  value: number | null
  reason?: string | undefined
}

/** One line of scores; one without a value says why. */
export function Score({ label, about, value, reason }: ScoreProps) {
  return (
    <div class="score" data-missing={value === null}>
      <dt>
        {label} <span class="faint small">{about}</span>
      </dt>
      {value === null ? (
        <dd class="score__missing small soft">Not judged{reason ? `: ${reason}` : '.'}</dd>
      ) : (
        <dd class="score__value">
          <span class="score__bar" aria-hidden="true">
            <span style={{ width: `${value}%` }} />
          </span>
          <span class="numeric">
            {value}
            <span class="hidden-visually"> of 100</span>
          </span>
        </dd>
      )}
    </div>
  )
}
