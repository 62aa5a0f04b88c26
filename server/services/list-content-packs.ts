import {
  type ContentPackCursor,
  type ContentPackRecord,
  listContentPacks as queryPacks,
} from '../../db/queries/content-pack.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { ContentPackStatus } from '../domain/content-pack-status.ts'
import type { ServiceDeps } from './service-deps.ts'
import { withContentPacks } from './with-content-packs.ts'

/** What is or was active and the viewer's own, to an administrator all; newest first. */
export async function listContentPacks(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  page: { status: ContentPackStatus | null; after: ContentPackCursor | null; limit: number },
): Promise<{ packs: ContentPackRecord[]; hasMore: boolean }> {
  const reader = viewer.role === 'ADMIN' ? null : viewer.id
  const packs = await withContentPacks(deps.db, viewer, (tx) =>
    queryPacks(tx, { ...page, reader, limit: page.limit + 1 }),
  )
  return { packs: packs.slice(0, page.limit), hasMore: packs.length > page.limit }
}
