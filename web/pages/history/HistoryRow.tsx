import { SessionLength } from '../../components/SessionLength.tsx'
import { SessionStatus } from '../../components/SessionStatus.tsx'
import { PublishedBadge } from '../../components/PublishedBadge.tsx'
import { plural, toTime } from '../../components/format.ts'
import type { SessionRowFragment } from '../../gql/documents.ts'
import { pathTo } from '../../paths.ts'

export function HistoryRow({ session, timeZone }: { session: SessionRowFragment; timeZone: string }) {
  const isTest = session.mode === 'SPEAKING_TEST'
  const isResumable = isTest && session.status === 'ACTIVE'
  const href = isResumable ? pathTo.test(session.id) : pathTo.session(session.id)
  return (
    <a class="session" href={href} data-status={session.status}>
      <span class="session__main">
        <span class="session__title">{session.title}</span>
        <span class="session__facts soft small">
          <span>{toTime(session.startedAt, timeZone)}</span>
          {isTest && <span>Speaking test</span>}
          {!isTest && <SessionLength session={session} />}
          {!isTest && <span class="numeric">{plural(session.segmentCount, 'line')}</span>}
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
