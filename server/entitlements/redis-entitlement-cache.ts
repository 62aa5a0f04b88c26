/**
 * Entitlements remembered in Redis, by all server nodes together. Each node drops what it hears has changed before it asks again, on
 * the same connection, so it never depends on another node's being quick. Any fault makes it forget all before it trusts again.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Entitlement, entitlements } from '../domain/entitlement.ts'
import type { Clock, UserId } from '../domain/ids.ts'
import { inTime, openRedis, type RedisClient, RedisLateError, type RedisOptions } from '../redis/open-redis.ts'
import { type EntitlementCache, rememberMs, type Remembered } from './entitlement-cache.ts'

/** An entry as document 004 has it, and the era that it belongs to; an account that was dropped has an entry without a level. */
const entrySchema = z.object({
  entitlement_level: z.enum(entitlements).nullable(),
  /** Both in seconds since 1970. */
  expires_at: z.number(),
  last_updated: z.number(),
  era: z.string(),
})

const eraKey = 'parley:entitlement-era'

/** Writes only where the entry is still what was seen when the ticket was given. */
const noteScript = `if (redis.call('GET', KEYS[1]) or '') == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end`

export interface RedisEntitlementCacheOptions extends RedisOptions {
  clock: Clock
}

/** Does not wait for Redis: until it answers, nothing is remembered. */
export function createRedisEntitlementCache(options: RedisEntitlementCacheOptions): EntitlementCache {
  return new RedisEntitlementCache(options)
}

class RedisEntitlementCache implements EntitlementCache {
  readonly #clock: Clock
  readonly #client: RedisClient
  // What may be believed: nothing until a new era has begun since the last fault, and nothing while a drop may not have arrived.
  #isWhole = false
  #faults = 0
  #isRenewing = false
  #unsettledDrops = 0

  constructor({ url, clock, onFault }: RedisEntitlementCacheOptions) {
    this.#clock = clock
    const onOwnFault = (error: Error): void => {
      this.#distrust()
      onFault(error)
    }
    this.#client = openRedis({ url, onFault: onOwnFault })
    this.#client.on('reconnecting', () => this.#distrust())
  }

  async find(userId: UserId): Promise<Remembered> {
    if (!this.#isWhole) {
      void this.#renew()
      throw new Error('Redis is not to be relied on just now')
    }
    const [seen, era] = await this.#within(this.#client.mGet([toKey(userId), eraKey]))
    // Somebody emptied it.
    if (era == null) this.#distrust()
    const entry = parseEntry(seen ?? null)
    const isGood = entry !== null && entry.era === era && entry.expires_at * 1_000 > this.#clock().getTime()
    const isCertain = this.#isWhole && this.#unsettledDrops === 0
    return {
      entitlement: isGood && isCertain ? entry.entitlement_level : null,
      ticket: JSON.stringify([seen ?? '', era ?? '']),
    }
  }

  async note(userId: UserId, entitlement: Entitlement, ticket: string): Promise<void> {
    const [seen = '', era = ''] = z.array(z.string()).parse(JSON.parse(ticket))
    await this.#client.eval(noteScript, {
      keys: [toKey(userId)],
      arguments: [seen, this.#toEntry(entitlement, era), String(rememberMs)],
    })
  }

  drop(userId: UserId | null): void {
    if (userId === null) return this.#distrust()
    // Not deleted: that would look as before to whoever found nothing, and is about to note what it read.
    const dropped = this.#toEntry(null, randomUUID())
    this.#unsettledDrops += 1
    this.#client
      .set(toKey(userId), dropped, { expiration: { type: 'PX', value: rememberMs } })
      .catch(() => this.#distrust())
      .finally(() => (this.#unsettledDrops -= 1))
  }

  async close(): Promise<void> {
    this.#client.destroy()
  }

  /** What all nodes remembered until now is of an era that is over. */
  async #renew(): Promise<void> {
    if (this.#isRenewing || !this.#client.isReady) return
    this.#isRenewing = true
    const asOf = this.#faults
    try {
      await this.#client.set(eraKey, randomUUID())
      this.#isWhole = asOf === this.#faults
    } catch {
      // The next one who asks tries again.
    } finally {
      this.#isRenewing = false
    }
  }

  #distrust(): void {
    this.#faults += 1
    this.#isWhole = false
  }

  #toEntry(level: Entitlement | null, era: string): string {
    const now = this.#clock().getTime()
    return JSON.stringify({
      entitlement_level: level,
      expires_at: Math.floor((now + rememberMs) / 1_000),
      last_updated: Math.floor(now / 1_000),
      era,
    })
  }

  async #within<T>(answer: Promise<T>): Promise<T> {
    try {
      return await inTime(answer)
    } catch (error) {
      if (error instanceof RedisLateError) this.#distrust()
      throw error
    }
  }
}

function toKey(userId: UserId): string {
  return `parley:entitlement:${userId}`
}

function parseEntry(text: string | null): z.output<typeof entrySchema> | null {
  try {
    return text === null ? null : (entrySchema.safeParse(JSON.parse(text)).data ?? null)
  } catch {
    return null
  }
}
