/** What every cache of entitlements keeps to. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UserId } from '../../server/domain/ids.ts'
import { type EntitlementCache, rememberMs } from '../../server/entitlements/entitlement-cache.ts'
import { createTestClock } from '../graphql/a-session.ts'

const hour = 3_600_000

export function keepsTheCacheContract(open: (clock: () => Date) => Promise<EntitlementCache>): void {
  const time = createTestClock()
  let cache: EntitlementCache
  beforeAll(async () => {
    cache = await open(time.clock)
  })
  afterAll(() => cache.close())

  const someone = (): UserId => randomUUID() as UserId

  async function noted(entitlement: 'BASIC' | 'PRO' = 'BASIC'): Promise<UserId> {
    const userId = someone()
    await cache.note(userId, entitlement, (await found(userId)).ticket)
    return userId
  }

  describe('a cache of entitlements', () => {
    it('gives what was noted of an account, and nothing of another', async () => {
      const [userId, other] = [await noted('PRO'), await noted('BASIC')]
      const all = await Promise.all([userId, other, someone()].map((id) => found(id)))
      expect(all.map(({ entitlement }) => entitlement)).toEqual(['PRO', 'BASIC', null])
    })

    it('remembers for an hour, as document 004 has it, and no longer', async () => {
      expect(rememberMs).toBe(hour)
      const userId = await noted()
      time.advance(hour - 2_000)
      expect((await found(userId)).entitlement).toBe('BASIC')
      time.advance(2_000)
      expect((await found(userId)).entitlement).toBeNull()
    })

    it.each([
      ['the account', (userId: UserId) => userId],
      ['all', () => null],
    ])('gives nothing from the moment on at which %s is dropped', async (_what, toDrop) => {
      const userId = await noted()
      cache.drop(toDrop(userId))
      expect((await found(userId)).entitlement).toBeNull()
    })

    it.each([
      ['the account', (userId: UserId) => userId],
      ['all', () => null],
    ])('takes no note of what was read before %s was dropped', async (_what, toDrop) => {
      const userId = someone()
      const { ticket } = await found(userId)
      cache.drop(toDrop(userId))
      await cache.note(userId, 'PRO', ticket)
      expect((await found(userId)).entitlement).toBeNull()
      const again = await found(userId)
      await cache.note(userId, 'BASIC', again.ticket)
      expect((await found(userId)).entitlement).toBe('BASIC')
    })
  })

  /** A cache may say that it cannot tell just now, while it begins anew. */
  async function found(userId: UserId): ReturnType<EntitlementCache['find']> {
    return inTime(() => cache.find(userId))
  }
}

/** What `ask` gives once it no longer fails. */
export async function inTime<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + 10_000
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > until) throw error
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
  }
}
