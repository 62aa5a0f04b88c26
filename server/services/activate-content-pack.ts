import type { Tx } from '../../db/client.ts'
import {
  type ContentPackRecord,
  findActiveContentPack,
  findContentPack,
  tryLockPackStatuses,
  updatePackActive,
  updatePackArchived,
} from '../../db/queries/content-pack.ts'
import { insertContentPackEvent } from '../../db/queries/content-pack-event.ts'
import { findUser } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { canSeePack, refuseActivation } from '../domain/content-pack-access.ts'
import { ConflictError, NotFoundError, UnauthenticatedError } from '../domain/errors.ts'
import type { ContentPackId, EventId, UserId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

const beingChanged = 'Somebody else is changing the active pack right now. Look which one is active, then try again.'

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'packRules'>

/**
 * Makes a pack the one whose questions are drilled, and archives the one that was. The active one stays as it is.
 * Throws NotFoundError, ForbiddenError, EntitlementError, ConflictError (somebody else is at it).
 */
export async function activateContentPack(deps: Deps, viewer: Viewer, id: ContentPackId): Promise<ContentPackRecord> {
  // Both packs change, whoever uploaded them.
  return deps.db.withSystem('activate content pack', async (tx) => {
    if (!(await tryLockPackStatuses(tx))) throw new ConflictError(beingChanged)
    const user = await findUser(tx, viewer.id)
    if (!user) throw new UnauthenticatedError()
    const pack = await findContentPack(tx, id)
    if (!pack || !canSeePack(user, pack)) throw new NotFoundError('There is no such content pack.')
    const refusal = refuseActivation(user, pack, deps.packRules)
    if (refusal) throw refusal
    return pack.status === 'ACTIVE' ? pack : replaceActive(deps, tx, user.id, id)
  })
}

async function replaceActive(deps: Deps, tx: Tx, userId: UserId, id: ContentPackId): Promise<ContentPackRecord> {
  const now = deps.clock()
  const former = await findActiveContentPack(tx)
  const note = (packId: ContentPackId, type: 'ACTIVATED' | 'ARCHIVED'): Promise<void> =>
    insertContentPackEvent(tx, { id: deps.makeId<EventId>(), packId, userId, type, at: now })
  if (former) {
    await updatePackArchived(tx, former.id, now)
    await note(former.id, 'ARCHIVED')
  }
  const pack = await updatePackActive(tx, id, now)
  await note(id, 'ACTIVATED')
  return pack
}
