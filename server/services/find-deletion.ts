import { type DeletionRecord, findDeletion as queryDeletion } from '../../db/queries/deletion.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { DeletionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findDeletion(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: DeletionId,
): Promise<DeletionRecord | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryDeletion(tx, id))
}
