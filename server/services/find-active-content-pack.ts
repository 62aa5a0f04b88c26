import { type ContentPackRecord, findActiveContentPack as queryPack } from '../../db/queries/content-pack.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { ServiceDeps } from './service-deps.ts'

/** The pack whose questions are drilled; null where none has been activated. */
export async function findActiveContentPack(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
): Promise<ContentPackRecord | null> {
  return deps.db.asViewer(viewer.id, queryPack)
}
