/** What an account may use, for every check that has not its row at hand. */
import type { DatabaseClient } from '../../db/client.ts'
import { findEntitlement } from '../../db/queries/plan.ts'
import type { Entitlement } from '../domain/entitlement.ts'
import { UnauthenticatedError } from '../domain/errors.ts'
import type { UserId } from '../domain/ids.ts'
import type { EntitlementCache } from './entitlement-cache.ts'

export interface Entitlements {
  /** At most a second behind the last commit, on every server node. Throws UnauthenticatedError when the account is gone. */
  find(userId: UserId): Promise<Entitlement>
  /** To be called for every change: forgets what is remembered of an account; null forgets all. */
  drop(userId: UserId | null): void
}

export interface EntitlementsOptions {
  db: Pick<DatabaseClient, 'readAsViewer'>
  cache: EntitlementCache
  /** Whether `drop` was called for every change that is a second old or older. */
  isCurrent: () => boolean
}

/** Reads through the cache, and believes it only while it is sure to hear of changes: otherwise every check reads the database. */
export function createEntitlements({ db, cache, isCurrent }: EntitlementsOptions): Entitlements {
  let drops = 0
  return {
    drop(userId) {
      drops += 1
      cache.drop(userId)
    },
    async find(userId) {
      const asOf = drops
      const remembered = await cache.find(userId).catch(() => null)
      if (remembered?.entitlement && asOf === drops && isCurrent()) return remembered.entitlement
      const [row] = await db.readAsViewer<{ entitlement: Entitlement }>(userId, findEntitlement(userId))
      if (!row) throw new UnauthenticatedError()
      // Nobody waits for it, and a cache that fails costs time only.
      if (remembered) void cache.note(userId, row.entitlement, remembered.ticket).catch(() => undefined)
      return row.entitlement
    },
  }
}
