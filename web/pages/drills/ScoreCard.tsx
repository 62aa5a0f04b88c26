import type { ComponentChildren } from 'preact'
import { plural, toDuration } from '../../components/format.ts'
import type { DrillFeedbackFragment } from '../../gql/documents.ts'
import { TipList } from '../review/feedback/TipList.tsx'
import { WhoJudged } from '../review/feedback/WhoJudged.tsx'
import { CategoryList } from './CategoryList.tsx'
import { ScoreParts } from './ScoreParts.tsx'

export interface ScoreCardProps {
  score: DrillFeedbackFragment
  /** What to do now. */
  next: ComponentChildren
}

/** The judgement of one answer: the score, what to change, what to do now, the seven categories, and how it was made. */
export function ScoreCard({ score, next }: ScoreCardProps) {
  const { overallScore, categories, whatChanged, practiceRule, sinceLastAttempt, limits } = score
  const changes = whatChanged
    .slice(0, 3)
    .map((text) => ({ __typename: 'Tip' as const, text, quote: null, segmentItemId: null }))
  return (
    <section class="feedback" aria-labelledby="score-title">
      <header class="card overall">
        <h2 id="score-title" class="overall__score">
          <span class="overall__number numeric">{overallScore}</span> of 100
        </h2>
        <span class="score__bar" aria-hidden="true">
          <span style={{ width: `${overallScore}%` }} />
        </span>
        <p class="soft numeric">{toFacts(score)}</p>
        {sinceLastAttempt && (
          <section class="overall__since" aria-label="Since your last attempt">
            <h3>Since your last attempt</h3>
            {sinceLastAttempt.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </section>
        )}
      </header>
      <TipList title="What to change next" tips={changes} look="change" findPlace={() => null} />
      <section class="practice-rule" aria-label="Rule to practise by">
        <h3>Rule to practise by</h3>
        <p>{practiceRule}</p>
      </section>
      {next}
      <CategoryList categories={categories} />
      <ScoreParts parts={score.parts} limits={limits} />
      <WhoJudged evaluation={score} />
    </section>
  )
}

/** "182 words · 1 min 20 s · 137 words a minute", as far as they are known. */
function toFacts({ words, durationSeconds, wpm }: DrillFeedbackFragment): string {
  const facts = [
    words !== null && plural(words, 'word'),
    durationSeconds !== null && toDuration(durationSeconds),
    wpm !== null && `${Math.round(wpm)} words a minute`,
  ]
  return facts.filter(Boolean).join(' · ')
}
