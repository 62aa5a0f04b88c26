import { listRecordingsOf, type RecordingRecord } from '../../db/queries/recording.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By each session's id: its recordings by part, those that are still to be uploaded too. Without an entry where there are none. */
export async function listRecordings(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  sessionIds: readonly SessionId[],
): Promise<Map<SessionId, RecordingRecord[]>> {
  const found = await deps.db.asViewer(viewer.id, (tx) => listRecordingsOf(tx, sessionIds))
  return Map.groupBy(found, ({ sessionId }) => sessionId)
}
