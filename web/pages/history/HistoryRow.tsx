import { SessionLength } from '../../components/SessionLength.tsx'
import { SessionStatus } from '../../components/SessionStatus.tsx'
import { PublishedBadge } from '../../components/PublishedBadge.tsx'
import { plural, toTime } from '../../components/format.ts'
import type { HistoryRowFragment } from '../../gql/documents.ts'
import { pathTo } from '../../paths.ts'
import { DrillBadge } from '../drills/DrillBadge.tsx'

/** What a row calls what is no conversation. */
const kinds: Record<HistoryRowFragment['mode'], string | null> = {
  CONVERSATION: null,
  SPEAKING_TEST: 'Speaking test',
  DRILL: 'Interview question',
}

export function HistoryRow({ session, timeZone }: { session: HistoryRowFragment; timeZone: string }) {
  const kind = kinds[session.mode]
  const isResumable = kind !== null && session.status === 'ACTIVE'
  return (
    <a class="session" href={toPath(session)} data-status={session.status}>
      <span class="session__main">
        <span class="session__title">{session.title}</span>
        <span class="session__facts soft small">
          <span>{toTime(session.startedAt, timeZone)}</span>
          {kind !== null && <span>{kind}</span>}
          {kind === null && <SessionLength session={session} />}
          {kind === null && <span class="numeric">{plural(session.segmentCount, 'line')}</span>}
        </span>
      </span>
      <span class="session__side">
        {session.privacy === 'PUBLISHED' && <PublishedBadge />}
        {isResumable ? <span class="badge badge--good">Resume</span> : <SessionStatus session={session} />}
        <Judgement session={session} />
      </span>
    </a>
  )
}

/** The level of a talk or a test; of an answer to an interview question its score, or why there is none. */
function Judgement({ session }: { session: HistoryRowFragment }) {
  if (session.__typename !== 'Drill') return session.level && <span class="badge badge--level">{session.level}</span>
  const { status, drillStatus, evaluation } = session
  if (status !== 'ENDED') return null
  if (drillStatus !== 'COMPLETED' || evaluation?.__typename !== 'DrillEvaluation')
    return <DrillBadge status={drillStatus} />
  return <span class="badge badge--level numeric">{evaluation.overallScore} of 100</span>
}

function toPath({ id, mode, status }: HistoryRowFragment): string {
  if (mode === 'DRILL') return pathTo.drill(id)
  return mode === 'SPEAKING_TEST' && status === 'ACTIVE' ? pathTo.test(id) : pathTo.session(id)
}
