/** What it costs to ask what an account may use: remembered in the server, remembered in Redis, and read from the database each time. */
import { createDatabaseClient } from '../../db/client.ts'
import type { UserId } from '../../server/domain/ids.ts'
import type { EntitlementCache } from '../../server/entitlements/entitlement-cache.ts'
import { createEntitlements } from '../../server/entitlements/entitlements.ts'
import { createMemoryEntitlementCache } from '../../server/entitlements/memory-entitlement-cache.ts'
import { createRedisEntitlementCache } from '../../server/entitlements/redis-entitlement-cache.ts'
import { createPostgresBus } from '../../server/events/postgres-bus.ts'
import { storeUser, withConnection } from '../db/stored-rows.ts'
import { findRedis, startTestRedis } from '../support/redis-server.ts'
import type { BenchInstallation } from './bench-installation.ts'
import { percentile, type Row } from './figures.ts'

const accounts = 200
const rounds = 50

export async function measureEntitlements(installation: BenchInstallation): Promise<Row[]> {
  const url = installation.adminUrl
  const userIds = await withConnection(url, async (client) => {
    const ids: UserId[] = []
    for (let index = 0; index < accounts; index += 1) ids.push(await storeUser(client))
    return ids
  })
  const read = await measureWith(url, userIds, remembersNothing)
  const rows = [
    toRow('what an account may use, read each time', read, 0.5),
    toRow('what an account may use, read each time', read, 0.99),
  ]
  const inServer = await measureWith(url, userIds, createMemoryEntitlementCache(clock))
  rows.push(...toRows('remembered in the server', inServer, read))
  if (findRedis() === null) return rows
  const redis = await startTestRedis()
  try {
    const cache = createRedisEntitlementCache({ url: redis.url, clock, onFault: () => undefined })
    rows.push(...toRows('remembered in Redis', await measureWith(url, userIds, cache), read))
  } finally {
    await redis.close()
  }
  return rows
}

const clock = (): Date => new Date()

const remembersNothing: EntitlementCache = {
  find: async () => ({ entitlement: null, ticket: '' }),
  note: async () => undefined,
  drop: () => undefined,
  close: async () => undefined,
}

/** Milliseconds of each check, the first of every account left out. */
async function measureWith(url: string, userIds: readonly UserId[], cache: EntitlementCache): Promise<number[]> {
  const db = createDatabaseClient({ url, onConnectionError: () => undefined })
  const bus = await createPostgresBus({ url, onConnectionError: () => undefined })
  const entitlements = createEntitlements({ db, cache, isCurrent: () => bus.isCurrent() })
  const samples: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    for (const userId of userIds) {
      const startedAt = performance.now()
      await entitlements.find(userId)
      if (round > 0) samples.push(performance.now() - startedAt)
    }
  }
  await cache.close()
  await bus.close()
  await db.close()
  return samples
}

function toRows(how: string, samples: readonly number[], read: readonly number[]): Row[] {
  return [0.5, 0.99].map((share) => toRow(`what an account may use, ${how}`, samples, share, read))
}

/** A check is too short for the milliseconds of other figures. */
function toRow(what: string, samples: readonly number[], share: number, limit?: readonly number[]): Row {
  const inMicroseconds = (list: readonly number[]): number => percentile(list, share) * 1_000
  const figure = inMicroseconds(samples)
  const row = { what: `${what}, p${share * 100}`, figure: `${figure.toFixed(1)} µs` }
  if (!limit) return row
  return { ...row, limit: `${inMicroseconds(limit).toFixed(1)} µs`, ratio: figure / inMicroseconds(limit) }
}
