import type { SessionRowFragment } from '../gql/documents.ts'

/** What became of a session, where that is worth a word. */
export function SessionStatus({
  session,
}: {
  session: Pick<SessionRowFragment, 'mode' | 'status' | 'hasAudio' | 'hasTranscript'>
}) {
  if (session.status === 'ACTIVE') return <span class="badge badge--live">In progress</span>
  if (session.status === 'FAILED') return <span class="badge badge--warning">Did not start</span>
  const isDrill = session.mode === 'DRILL'
  if (session.status === 'ABANDONED')
    return <span class="badge badge--warning">{isDrill ? 'Not answered' : 'Cut off'}</span>
  // An answer to an interview question may be typed.
  if (!session.hasAudio && !isDrill) return <span class="badge">Without recording</span>
  return null
}
