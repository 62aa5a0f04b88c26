import { randomUUID } from 'node:crypto'
import { createClient } from '@redis/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UserId } from '../../server/domain/ids.ts'
import type { EntitlementCache, Remembered } from '../../server/entitlements/entitlement-cache.ts'
import { createRedisEntitlementCache } from '../../server/entitlements/redis-entitlement-cache.ts'
import { startTestRedis, type TestRedis } from '../support/redis-server.ts'
import { describeWithRedis } from '../support/redis-skip.ts'
import { inTime, keepsTheCacheContract } from './entitlement-cache-contract.ts'

describeWithRedis('entitlements in Redis', () => {
  let redis: TestRedis
  const open = (clock: () => Date = () => new Date()): EntitlementCache =>
    createRedisEntitlementCache({ url: redis.url, clock, onFault: () => undefined })

  beforeAll(async () => {
    redis = await startTestRedis()
  })
  afterAll(() => redis.close())

  describe('alone', () => keepsTheCacheContract(async (clock) => open(clock)))

  describe('of two nodes', () => {
    let here: EntitlementCache
    let there: EntitlementCache
    beforeAll(async () => {
      here = open()
      there = open()
      // Each begins a new era; the second one's is that of both.
      await inTime(() => here.find(someone()))
      await inTime(() => there.find(someone()))
    })
    afterAll(async () => {
      await here.close()
      await there.close()
    })

    it('remember together', async () => {
      const userId = await noted(here)
      expect((await there.find(userId)).entitlement).toBe('BASIC')
    })

    it('forget what one of them drops', async () => {
      const userId = await noted(here)
      there.drop(userId)
      await there.find(userId)
      expect((await here.find(userId)).entitlement).toBeNull()
    })

    it('take no note of what one read before the other dropped it', async () => {
      for (const userId of [someone(), await noted(here)]) {
        here.drop(userId)
        const { ticket } = await here.find(userId)
        there.drop(userId)
        await there.find(userId)
        await here.note(userId, 'PRO', ticket)
        expect(await entitlementsOf(userId)).toEqual([null, null])
      }
    })

    it('forget all when one of them is not sure', async () => {
      const userId = await noted(here)
      there.drop(null)
      await inTime(() => there.find(userId))
      expect(await entitlementsOf(userId)).toEqual([null, null])
    })

    it('forget all when Redis was emptied, and begin anew', async () => {
      const client = await createClient({ url: redis.url }).connect()
      await client.flushAll()
      client.destroy()
      for (const cache of [here, there]) await cache.find(someone())
      for (const cache of [here, there]) await inTime(() => cache.find(someone()))
      const userId = await noted(here)
      expect(await entitlementsOf(userId)).toEqual(['BASIC', 'BASIC'])
    })

    it('keep an entry as document 004 has it', async () => {
      const userId = await noted(here)
      const client = await createClient({ url: redis.url }).connect()
      const key = `parley:entitlement:${userId}`
      const [entry, ttl] = [JSON.parse((await client.get(key)) ?? ''), await client.ttl(key)]
      client.destroy()
      const now = Date.now() / 1_000
      expect(entry).toMatchObject({ entitlement_level: 'BASIC' })
      expect(entry.expires_at).toSatisfy((at: number) => at > now + 3_590 && at <= now + 3_600)
      expect(entry.last_updated).toSatisfy((at: number) => at > now - 10 && at <= now)
      expect(ttl).toSatisfy((seconds: number) => seconds > 3_590 && seconds <= 3_600)
    })

    it.each(['GOLD', '{"entitlement_level":"GOLD"}', '[]', ''])(
      'take nothing for an entry that is none: %s',
      async (text) => {
        const userId = await noted(here)
        const client = await createClient({ url: redis.url }).connect()
        const key = `parley:entitlement:${userId}`
        const entry = await client.get(key)
        await client.set(key, text.startsWith('{') ? (entry ?? '').replace('BASIC', 'GOLD') : text)
        client.destroy()
        expect(await entitlementsOf(userId)).toEqual([null, null])
      },
    )

    it('say that they cannot tell while Redis takes nothing in, and forget all of before', async () => {
      const userId = await noted(here)
      const client = await createClient({ url: redis.url }).connect()
      await client.configSet('maxmemory', '1')
      try {
        here.drop(userId)
        const found = await here.find(userId).catch(() => null)
        expect(found?.entitlement ?? null).toBeNull()
        await expect(here.find(userId)).rejects.toThrow('not to be relied on')
      } finally {
        await client.configSet('maxmemory', '0')
        client.destroy()
      }
      expect((await inTime(() => here.find(userId))).entitlement).toBeNull()
    })

    it('say that they cannot tell while Redis is silent, within a moment, and forget all of before', async () => {
      const userId = await noted(here)
      redis.pause()
      const askedAt = performance.now()
      try {
        await expect(here.find(userId)).rejects.toThrow('did not answer in time')
        for (let again = 0; again < 100; again += 1) await expect(here.find(userId)).rejects.toThrow()
        expect(performance.now() - askedAt).toBeLessThan(2_000)
        // Lost: nobody knows whether Redis ever hears of it.
        here.drop(userId)
      } finally {
        redis.resume()
      }
      expect((await inTime(() => here.find(userId))).entitlement).toBeNull()
    })

    it('go on after Redis was started anew', async () => {
      await redis.restart()
      for (const cache of [here, there]) await inTime(() => cache.find(someone()))
      const userId = await inTime(() => noted(here))
      expect(await entitlementsOf(userId)).toEqual(['BASIC', 'BASIC'])
    })

    async function noted(cache: EntitlementCache): Promise<UserId> {
      const userId = someone()
      const { ticket }: Remembered = await inTime(() => cache.find(userId))
      await cache.note(userId, 'BASIC', ticket)
      return userId
    }

    async function entitlementsOf(userId: UserId): Promise<(string | null)[]> {
      return [(await here.find(userId)).entitlement, (await there.find(userId)).entitlement]
    }
  })
})

function someone(): UserId {
  return randomUUID() as UserId
}
