import { plural, toDay, toDuration } from '../../components/format.ts'
import { useViewer } from '../../hooks/use-account.ts'
import type { DrillQuestionRow, QuestionGroup } from '../../hooks/use-drill-questions.ts'
import { pathTo } from '../../paths.ts'
import { toCategoryId } from './CategoryLinks.tsx'
import { DrillBadge } from './DrillBadge.tsx'

/** The questions of one category; `place` is its own among all, from 1. */
export function QuestionList({ group, place }: { group: QuestionGroup; place: number }) {
  const { category, questions } = group
  return (
    <section class="history__day question-list" id={toCategoryId(place)} aria-label={category}>
      <h2 class="history__date">{category}</h2>
      <ul class="history__list">
        {questions.map((row) => (
          <li key={row.question.id}>
            <QuestionRow row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function QuestionRow({ row }: { row: DrillQuestionRow }) {
  const { preferences } = useViewer()
  const { question, attempts, bestScore, lastTry } = row
  return (
    <a class="session" href={pathTo.question(question.id)}>
      <span class="session__main">
        <span class="session__title">{question.prompt}</span>
        <span class="session__facts soft small">
          <span class="numeric">about {toDuration(question.expectedDurationSeconds)}</span>
          <span class="numeric">{attempts === 0 ? 'not tried yet' : plural(attempts, 'attempt')}</span>
          {lastTry && <span>last try: {toDay(lastTry.startedAt, preferences.timeZone)}</span>}
        </span>
      </span>
      <span class="session__side">
        {lastTry && lastTry.drillStatus !== 'COMPLETED' && <DrillBadge status={lastTry.drillStatus} />}
        {bestScore !== null && <BestScore score={bestScore} />}
      </span>
    </a>
  )
}

function BestScore({ score }: { score: number }) {
  return (
    <span class="badge badge--level numeric">
      Best {score}
      <span class="hidden-visually"> of 100</span>
    </span>
  )
}
