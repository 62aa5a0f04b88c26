import type { PublicationPartsFragment, SessionRowFragment } from '../../../gql/documents.ts'
import { DeletePanel } from './DeletePanel.tsx'
import { ExportPanel } from './ExportPanel.tsx'
import { PublishPanel } from './PublishPanel.tsx'

export type OwnSession = Pick<SessionRowFragment, 'id' | 'title' | 'status' | 'hasAudio' | 'hasTranscript'> &
  Pick<PublicationPartsFragment, 'publication'>

/** What its owner may do with a session: show it, take it along, delete it. */
export function SessionData({ session }: { session: OwnSession }) {
  return (
    <section class="card session-data" aria-labelledby="session-data-title">
      <h2 id="session-data-title">This session is yours</h2>
      {session.status !== 'ACTIVE' && session.hasTranscript && <PublishPanel session={session} />}
      <ExportPanel sessionId={session.id} />
      <DeletePanel session={session} />
    </section>
  )
}
