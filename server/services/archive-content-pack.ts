import {
  type ContentPackRecord,
  findContentPack,
  lockPackStatuses,
  updatePackArchived,
} from '../../db/queries/content-pack.ts'
import { insertContentPackEvent } from '../../db/queries/content-pack-event.ts'
import type { Viewer } from '../auth/viewer.ts'
import { canSeePack, refuseArchiving } from '../domain/content-pack-access.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { ContentPackId, EventId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'
import { getPackUser, withContentPacks } from './with-content-packs.ts'

/**
 * Puts a draft away. One that is archived stays as it is.
 * Throws NotFoundError, ForbiddenError, EntitlementError, ConflictError (the active pack).
 */
export async function archiveContentPack(
  deps: Pick<ServiceDeps, 'db' | 'clock' | 'makeId'>,
  viewer: Viewer,
  id: ContentPackId,
): Promise<ContentPackRecord> {
  return withContentPacks(deps.db, viewer, async (tx) => {
    await lockPackStatuses(tx)
    const user = await getPackUser(tx, viewer)
    const pack = await findContentPack(tx, id)
    if (!pack || !canSeePack(user, pack)) throw new NotFoundError('There is no such content pack.')
    const refusal = refuseArchiving(user, pack)
    if (refusal) throw refusal
    if (pack.status === 'ARCHIVED') return pack
    const now = deps.clock()
    await insertContentPackEvent(tx, {
      id: deps.makeId<EventId>(),
      packId: id,
      userId: user.id,
      type: 'ARCHIVED',
      at: now,
    })
    return updatePackArchived(tx, id, now)
  })
}
