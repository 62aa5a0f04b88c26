import { type ContentPackRecord, findContentPack as queryPack } from '../../db/queries/content-pack.ts'
import type { Viewer } from '../auth/viewer.ts'
import { canSeePack } from '../domain/content-pack-access.ts'
import type { ContentPackId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'
import { withContentPacks } from './with-content-packs.ts'

/** Null for what does not exist and for what the viewer may not see. */
export async function findContentPack(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: ContentPackId,
): Promise<ContentPackRecord | null> {
  const pack = await withContentPacks(deps.db, viewer, (tx) => queryPack(tx, id))
  return pack && canSeePack(viewer, pack) ? pack : null
}
