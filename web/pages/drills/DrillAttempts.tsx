import { useEffect } from 'preact/hooks'
import { toDay, toTime } from '../../components/format.ts'
import type { DrillAttemptsQuery } from '../../gql/documents.ts'
import { useDrillAttemptsQuery } from '../../gql/hooks.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { pathTo } from '../../paths.ts'
import { DrillBadge } from './DrillBadge.tsx'

type Node = NonNullable<DrillAttemptsQuery['viewer']>['history']['edges'][number]['node']
type Attempt = Extract<Node, { __typename: 'Drill' }>

/** Enough to see a trend; the history has them all. */
const shownCount = 10

export interface DrillAttemptsProps {
  questionId: string
  /** The one that the page shows. */
  currentId?: string
  /** A change of it says that there is something new. */
  status?: string
}

/** Every attempt at one question, newest first, in whichever version of its pack; nothing before the first. */
export function DrillAttempts({ questionId, currentId, status }: DrillAttemptsProps) {
  const { data, refetch } = useDrillAttemptsQuery({
    variables: { questionId, first: shownCount },
    fetchPolicy: 'cache-and-network',
  })
  useEffect(() => {
    if (status !== undefined) void refetch().catch(() => undefined)
  }, [refetch, status])
  const history = data?.viewer?.history
  const attempts = (history?.edges ?? []).flatMap(({ node }) => (node.__typename === 'Drill' ? [node] : []))
  if (!history || attempts.length === 0) return null
  return (
    <section class="attempts" aria-labelledby="attempts-title">
      <h2 id="attempts-title">Your attempts</h2>
      <ol class="history__list">
        {attempts.map((attempt) => (
          <li key={attempt.id}>
            <AttemptRow attempt={attempt} isCurrent={attempt.id === currentId} />
          </li>
        ))}
      </ol>
      {history.totalCount > attempts.length && (
        <p class="faint small">
          The newest {attempts.length} of {history.totalCount}.
        </p>
      )}
    </section>
  )
}

function AttemptRow({ attempt, isCurrent }: { attempt: Attempt; isCurrent: boolean }) {
  const { preferences } = useViewer()
  const { id, startedAt, drillStatus, evaluation } = attempt
  const score = evaluation?.__typename === 'DrillEvaluation' ? evaluation.overallScore : null
  return (
    <a class="session session--slim" href={pathTo.drill(id)} aria-current={isCurrent ? 'page' : undefined}>
      <span>
        {toDay(startedAt, preferences.timeZone)}, {toTime(startedAt, preferences.timeZone)}
        {isCurrent && <span class="soft"> · this one</span>}
      </span>
      <span class="session__side">
        {score === null || drillStatus !== 'COMPLETED' ? <DrillBadge status={drillStatus} /> : null}
        {score !== null && <span class="badge badge--level numeric">{score} of 100</span>}
      </span>
    </a>
  )
}
