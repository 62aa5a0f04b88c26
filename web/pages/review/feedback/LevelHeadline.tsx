import type { SpeakingFeedbackFragment } from '../../../gql/documents.ts'
import { toLevelWords } from './level-words.ts'

/** The estimate in words, and what it rests on. */
export function LevelHeadline({ evaluation }: { evaluation: SpeakingFeedbackFragment }) {
  const { title, range, detail } = toLevelWords(evaluation, evaluation.metrics.learnerSpeechSeconds)
  return (
    <div class="headline card">
      <p class="headline__level">
        {title} {range !== null && <span class="headline__range">({range})</span>}
      </p>
      <p class="headline__detail">{detail}</p>
      <details class="explain">
        <summary>How it was judged</summary>
        <p>{evaluation.rationale}</p>
      </details>
      <details class="explain">
        <summary>
          What is this?<span class="hidden-visually"> The level</span>
        </summary>
        <p>
          A1 to C2 are the levels of the Common European Framework. This one is an estimate from this one session:
          topic, mood and microphone play a part, and it is no exam result. It has not been checked against the verdicts
          of trained examiners, so look at how it moves over several sessions rather than at one.
        </p>
        {evaluation.confidence !== null && (
          <p>
            How sure: {Math.round(evaluation.confidence * 100)} of 100. It tells how much evidence there was and how
            well it agreed, not how often the estimate is right.
          </p>
        )}
      </details>
    </div>
  )
}
