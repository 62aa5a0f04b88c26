/** When what is remembered of an entitlement is believed. */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Entitlement } from '../../server/domain/entitlement.ts'
import { UnauthenticatedError } from '../../server/domain/errors.ts'
import type { UserId } from '../../server/domain/ids.ts'
import type { EntitlementCache } from '../../server/entitlements/entitlement-cache.ts'
import { createEntitlements, type Entitlements } from '../../server/entitlements/entitlements.ts'
import { createMemoryEntitlementCache } from '../../server/entitlements/memory-entitlement-cache.ts'

const userId = randomUUID() as UserId
/** What the database says, how often it was asked, and what it waits for before it answers. */
let stored: Entitlement | null
let reads: number
let beforeAnswer: () => Promise<void>
let isCurrent: boolean

function open(cache: EntitlementCache = createMemoryEntitlementCache(() => new Date())): Entitlements {
  return createEntitlements({
    cache,
    db: {
      async readAsViewer<Row>(): Promise<Row[]> {
        reads += 1
        const row = stored === null ? [] : [{ entitlement: stored } as Row]
        await beforeAnswer()
        return row
      },
    },
    isCurrent: () => isCurrent,
  })
}

beforeEach(() => {
  stored = 'BASIC'
  reads = 0
  isCurrent = true
  beforeAnswer = async () => undefined
})

describe('an entitlement', () => {
  it('is read once, then remembered', async () => {
    const entitlements = open()
    for (let time = 0; time < 5; time += 1) expect(await entitlements.find(userId)).toBe('BASIC')
    expect(reads).toBe(1)
  })

  it('is read every time while changes may be unheard', async () => {
    const entitlements = open()
    await entitlements.find(userId)
    isCurrent = false
    stored = 'LOCKED'
    expect([await entitlements.find(userId), await entitlements.find(userId), reads]).toEqual(['LOCKED', 'LOCKED', 3])
  })

  it.each([
    ['a change', userId],
    ['changes that may have been missed', null],
  ])('is read again after %s', async (_what, dropped) => {
    const entitlements = open()
    await entitlements.find(userId)
    stored = 'LOCKED'
    entitlements.drop(dropped)
    expect([await entitlements.find(userId), reads]).toEqual(['LOCKED', 2])
  })

  it('that was being read when it changed is not remembered', async () => {
    const entitlements = open()
    const { promise, resolve } = Promise.withResolvers<void>()
    beforeAnswer = () => promise
    const early = entitlements.find(userId)
    await expect.poll(() => reads).toBe(1)
    stored = 'LOCKED'
    entitlements.drop(userId)
    resolve()
    expect(await early).toBe('BASIC')
    expect(await entitlements.find(userId)).toBe('LOCKED')
  })

  it('found in a slow cache is not believed when it changed meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cache = createMemoryEntitlementCache(() => new Date())
    const slow: EntitlementCache = {
      ...cache,
      async find(id) {
        const found = await cache.find(id)
        if (found.entitlement) await promise
        return found
      },
    }
    const entitlements = open(slow)
    await entitlements.find(userId)
    const asking = entitlements.find(userId)
    stored = 'LOCKED'
    entitlements.drop(userId)
    resolve()
    expect(await asking).toBe('LOCKED')
  })

  it('is read where the cache fails', async () => {
    const fail = (): Promise<never> => Promise.reject(new Error('away'))
    const entitlements = open({ find: fail, note: fail, drop: () => undefined, close: async () => undefined })
    expect([await entitlements.find(userId), await entitlements.find(userId), reads]).toEqual(['BASIC', 'BASIC', 2])
  })

  it('of an account that is gone is none', async () => {
    stored = null
    await expect(open().find(userId)).rejects.toThrow(UnauthenticatedError)
  })
})
