import { findPackFile as queryFile } from '../../db/queries/content-pack.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { PackFile } from '../domain/content-pack.ts'
import { canReadFile, type OwnedPack } from '../domain/content-pack-access.ts'
import type { ContentPackId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'
import { withContentPacks } from './with-content-packs.ts'

/** What was uploaded; null to whoever only practises: it says what answers are searched for. */
export async function findPackFile(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  pack: OwnedPack & { id: ContentPackId },
): Promise<PackFile | null> {
  return canReadFile(viewer, pack) ? withContentPacks(deps.db, viewer, (tx) => queryFile(tx, pack.id)) : null
}
