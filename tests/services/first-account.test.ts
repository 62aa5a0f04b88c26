/** The first account is the administrator's, decided under a lock: sign-ups that cost nothing all meet at that place. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabaseClient, type DatabaseClient } from '../../db/client.ts'
import { createThrottles, toAllowances } from '../../server/auth/throttle.ts'
import { parseConfig } from '../../server/config.ts'
import type { SignIns } from '../../server/auth/sign-ins.ts'
import { createIdMaker } from '../../server/domain/ids.ts'
import { signUp } from '../../server/services/sign-up.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const clock = (): Date => new Date()
let database: TestDatabase
let db: DatabaseClient

beforeAll(async () => {
  database = await createTestDatabase()
  db = createDatabaseClient({
    url: database.appUrl,
    maxConnections: 20,
    onConnectionError: (error) => expect.unreachable(error.message),
  })
  // With all connections open nobody has to wait for one.
  await Promise.all(Array.from({ length: 20 }, () => db.withSystem('count accounts', async () => undefined)))
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

it('exactly one of twenty sign-ups at once is the administrator', async () => {
  const deps = {
    db,
    clock,
    makeId: createIdMaker(clock),
    passwords: { hash: async () => 'a hash', verify: async () => true },
    signIns: { start: async () => 'a cookie' } as unknown as SignIns,
    throttles: createThrottles(toAllowances(parseConfig({}).api)),
    signUpRules: { newUserEntitlement: 'BASIC', setupCode: null } as const,
  }
  const signedUp = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      signUp(deps, '127.0.0.1', { email: `${index}@example.org`, password: 'a good password' }),
    ),
  )
  expect(signedUp.filter(({ user }) => user.role === 'ADMIN')).toHaveLength(1)
  expect(new Set(signedUp.map(({ user }) => user.id)).size).toBe(20)
})
