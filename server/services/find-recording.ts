import { findRecording as queryRecording, type RecordingRecord } from '../../db/queries/recording.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { RecordingId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findRecording(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: RecordingId,
): Promise<RecordingRecord | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryRecording(tx, id))
}
