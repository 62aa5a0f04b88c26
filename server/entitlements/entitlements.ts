/** What an account may use, for every check that has not its row at hand. */
import type { DatabaseClient } from '../../db/client.ts'
import { findEntitlement } from '../../db/queries/plan.ts'
import type { Entitlement } from '../domain/entitlement.ts'
import { UnauthenticatedError } from '../domain/errors.ts'
import type { UserId } from '../domain/ids.ts'
import type { EventBus } from '../events/bus.ts'
import type { EntitlementCache } from './entitlement-cache.ts'

export interface Entitlements {
  /** At most a second behind the last commit, on every server node. Throws UnauthenticatedError when the account is gone. */
  find(userId: UserId): Promise<Entitlement>
  /** Forgets what is remembered of an account; null forgets all. */
  drop(userId: UserId | null): void
}

export interface EntitlementsOptions {
  db: Pick<DatabaseClient, 'readAsViewer'>
  /** Rings when an entitlement changes. */
  bus: Pick<EventBus, 'isCurrent' | 'listenAll'>
  cache: EntitlementCache
}

/**
 * Reads through the cache, and believes it only while it is sure that no bell is missing: while the bus is cut, or silent for
 * longer than it should be, every check reads the database.
 */
export function createEntitlements({ db, bus, cache }: EntitlementsOptions): Entitlements {
  let drops = 0
  const drop = (userId: UserId | null): void => {
    drops += 1
    cache.drop(userId)
  }
  bus.listenAll('entitlement', (bell) => drop(bell === null ? null : (bell.key as UserId)))
  return {
    drop,
    async find(userId) {
      const asOf = drops
      const remembered = await cache.find(userId).catch(() => null)
      if (remembered?.entitlement && asOf === drops && bus.isCurrent()) return remembered.entitlement
      const [row] = await db.readAsViewer<{ entitlement: Entitlement }>(userId, findEntitlement(userId))
      if (!row) throw new UnauthenticatedError()
      // Nobody waits for it, and a cache that fails costs time only.
      if (remembered) void cache.note(userId, row.entitlement, remembered.ticket).catch(() => undefined)
      return row.entitlement
    },
  }
}
