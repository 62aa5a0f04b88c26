import type { SessionRowFragment } from '../gql/documents.ts'

/** What became of a session, where that is worth a word. */
export function SessionStatus({
  session,
}: {
  session: Pick<SessionRowFragment, 'status' | 'hasAudio' | 'hasTranscript'>
}) {
  if (session.status === 'ACTIVE') return <span class="badge badge--live">In progress</span>
  if (session.status === 'FAILED') return <span class="badge badge--warning">Did not start</span>
  if (session.status === 'ABANDONED') return <span class="badge badge--warning">Cut off</span>
  if (!session.hasAudio) return <span class="badge">Without recording</span>
  return null
}
