import type { Entitlement } from '../domain/entitlement.ts'
import type { Clock, UserId } from '../domain/ids.ts'
import { type EntitlementCache, rememberMs } from './entitlement-cache.ts'

const maxRemembered = 100_000

/** The default: each server node remembers for itself. */
export function createMemoryEntitlementCache(clock: Clock): EntitlementCache {
  const remembered = new Map<UserId, { entitlement: Entitlement; until: number }>()
  // Counts what was dropped: a ticket is the count at which it was given.
  let drops = 0
  return {
    async find(userId) {
      const entry = remembered.get(userId)
      const isFresh = entry !== undefined && entry.until > clock().getTime()
      return { entitlement: isFresh ? entry.entitlement : null, ticket: String(drops) }
    },
    async note(userId, entitlement, ticket) {
      if (ticket !== String(drops)) return
      const oldest = remembered.keys().next()
      if (remembered.size >= maxRemembered && !oldest.done) remembered.delete(oldest.value)
      remembered.set(userId, { entitlement, until: clock().getTime() + rememberMs })
    },
    drop(userId) {
      drops += 1
      if (userId === null) remembered.clear()
      else remembered.delete(userId)
    },
    close: async () => remembered.clear(),
  }
}
