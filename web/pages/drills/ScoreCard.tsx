import { plural, toDuration } from '../../components/format.ts'
import type { DrillFeedbackFragment } from '../../gql/documents.ts'
import { TipList } from '../review/feedback/TipList.tsx'
import { WhoJudged } from '../review/feedback/WhoJudged.tsx'
import { CategoryList } from './CategoryList.tsx'
import { ScoreParts } from './ScoreParts.tsx'

/** The judgement of one answer: the score, the seven categories, what to change, and how it was made. */
export function ScoreCard({ score }: { score: DrillFeedbackFragment }) {
  const { overallScore, categories, whatChanged, practiceRule, sinceLastAttempt, limits } = score
  const changes = whatChanged
    .slice(0, 3)
    .map((text) => ({ __typename: 'Tip' as const, text, quote: null, segmentItemId: null }))
  return (
    <section class="feedback" aria-labelledby="score-title">
      <header class="score-card__head">
        <h2 id="score-title">
          <span class="headline__level numeric">{overallScore}</span> of 100
        </h2>
        <p class="soft numeric">{toFacts(score)}</p>
      </header>
      {sinceLastAttempt && (
        <section class="practice-rule" aria-label="Since your last attempt">
          <h3>Since your last attempt</h3>
          {sinceLastAttempt.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
      )}
      <TipList title="What to change next" tips={changes} look="change" findPlace={() => null} />
      <section class="practice-rule" aria-label="Rule to practise by">
        <h3>Rule to practise by</h3>
        <p>{practiceRule}</p>
      </section>
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
