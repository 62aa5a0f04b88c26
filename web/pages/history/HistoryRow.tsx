import { SessionLength } from '../../components/SessionLength.tsx'
import { SessionStatus } from '../../components/SessionStatus.tsx'
import { plural, toTime } from '../../components/format.ts'
import type { SessionRowFragment } from '../../gql/documents.ts'
import { pathTo } from '../../paths.ts'

export function HistoryRow({ session, timeZone }: { session: SessionRowFragment; timeZone: string }) {
  return (
    <a class="session" href={pathTo.session(session.id)} data-status={session.status}>
      <span class="session__main">
        <span class="session__title">{session.title}</span>
        <span class="session__facts soft small">
          <span>{toTime(session.startedAt, timeZone)}</span>
          <SessionLength session={session} />
          <span class="numeric">{plural(session.segmentCount, 'line')}</span>
        </span>
      </span>
      <span class="session__side">
        <SessionStatus session={session} />
        {session.level && <span class="badge badge--level">{session.level}</span>}
      </span>
    </a>
  )
}
