import type { SessionRowFragment } from '../gql/documents.ts'
import { useNow } from '../hooks/use-now.ts'
import { toDuration } from './format.ts'

/** How long a session took; one that is running counts on by itself. */
export function SessionLength({
  session,
}: {
  session: Pick<SessionRowFragment, 'status' | 'startedAt' | 'durationSeconds'>
}) {
  const isRunning = session.status === 'ACTIVE'
  useNow(1_000, isRunning)
  const seconds = isRunning ? (Date.now() - Date.parse(session.startedAt)) / 1_000 : session.durationSeconds
  return seconds === null ? null : <span class="numeric">{toDuration(seconds)}</span>
}
