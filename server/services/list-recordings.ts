import { listRecordings as queryRecordings, type RecordingRecord } from '../../db/queries/recording.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By part, those that are still to be uploaded too. */
export async function listRecordings(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  sessionId: SessionId,
): Promise<RecordingRecord[]> {
  return deps.db.asViewer(viewer.id, (tx) => queryRecordings(tx, sessionId))
}
