import { SessionLength } from '../../components/SessionLength.tsx'
import { SessionStatus } from '../../components/SessionStatus.tsx'
import { PublishedBadge } from '../../components/PublishedBadge.tsx'
import { plural, toTime } from '../../components/format.ts'
import type { SessionRowFragment } from '../../gql/documents.ts'
import { pathTo } from '../../paths.ts'

/** What a row calls what is no conversation. */
const kinds: Record<SessionRowFragment['mode'], string | null> = {
  CONVERSATION: null,
  SPEAKING_TEST: 'Speaking test',
  DRILL: 'Interview question',
}

export function HistoryRow({ session, timeZone }: { session: SessionRowFragment; timeZone: string }) {
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
        {session.level && <span class="badge badge--level">{session.level}</span>}
      </span>
    </a>
  )
}

function toPath({ id, mode, status }: SessionRowFragment): string {
  if (mode === 'DRILL') return pathTo.drill(id)
  return mode === 'SPEAKING_TEST' && status === 'ACTIVE' ? pathTo.test(id) : pathTo.session(id)
}
