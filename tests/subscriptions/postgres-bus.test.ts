import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from 'vitest'
import type { Bell, EventBus } from '../../server/events/bus.ts'
import { createPostgresBus } from '../../server/events/postgres-bus.ts'
import { withConnection } from '../db/stored-rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let here: EventBus
let there: EventBus
let herePid: number
let heard: (Bell | null)[]
const breaks: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

beforeEach(async () => {
  here = await openBus()
  herePid = await onlyPid()
  there = await openBus()
  heard = []
  there.listen('history', 'ana', (bell) => heard.push(bell))
})
afterEach(async () => {
  await here.close()
  await there.close()
})

const openBus = (): Promise<EventBus> =>
  createPostgresBus({ url: database.appUrl, onConnectionError: (error) => breaks.push(error.message) })

const started: Bell = { topic: 'history', key: 'ana', sessionId: 'first' }
const grown: Bell = { topic: 'history', key: 'ana', sessionId: 'first', isGrowth: true }

it('rings on the other node, once for bells of one kind, and here at once', async () => {
  const heardHere: (Bell | null)[] = []
  here.listen('history', 'ana', (bell) => heardHere.push(bell))
  here.ring(started, { ...started, key: 'someone else' }, grown)
  expect(heardHere).toEqual([started, grown])
  await expect.poll(() => heard).toEqual([started, grown])
  expect(heardHere).toEqual([started, grown])
})

it('carries more bells than one notice can hold', async () => {
  const bells = Array.from({ length: 500 }, (_, index) => ({
    ...started,
    sessionId: `session ${index} ${'x'.repeat(80)}`,
  }))
  here.ring(...bells)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(500)
  expect(heard).toEqual(bells)
})

it('rings what a break swallowed once it is connected again', async () => {
  // Frozen, the connection takes the notice and does nothing with it; then it is ended before it can.
  process.kill(herePid, 'SIGSTOP')
  here.ring(started)
  await withConnection(database.adminUrl, (client) => client.query('select pg_terminate_backend($1)', [herePid]))
  process.kill(herePid, 'SIGCONT')
  here.ring(grown)
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(expect.arrayContaining([started, grown]))
  expect(breaks.length).toBeGreaterThan(0)
})

it('says that bells may have been missed after its own break', async () => {
  const heardHere: (Bell | null)[] = []
  here.listen('history', 'ana', (bell) => heardHere.push(bell))
  await withConnection(database.adminUrl, (client) => client.query('select pg_terminate_backend($1)', [herePid]))
  await expect.poll(() => heardHere, { timeout: 10_000 }).toEqual([null])
})

it('can be closed while it is connecting again', async () => {
  await withConnection(database.adminUrl, (client) => client.query('select pg_terminate_backend($1, 5000)', [herePid]))
  await here.close()
  await there.close()
  await expect.poll(() => countConnections(), { timeout: 10_000 }).toBe(0)
})

async function onlyPid(): Promise<number> {
  const pids = await listPids()
  expect(pids).toHaveLength(1)
  return pids[0] ?? 0
}

const countConnections = async (): Promise<number> => (await listPids()).length

async function listPids(): Promise<number[]> {
  const { rows } = await withConnection(database.adminUrl, (client) =>
    client.query(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'parley-bus'`,
    ),
  )
  return rows.map((row) => row.pid)
}

it('is current once it has asked, and not while its connection is silent or cut', async () => {
  expect(here.isCurrent()).toBe(false)
  await expect.poll(() => here.isCurrent()).toBe(true)
  process.kill(herePid, 'SIGSTOP')
  const silentSince = performance.now()
  await expect.poll(() => here.isCurrent(), { interval: 5 }).toBe(false)
  expect(performance.now() - silentSince).toBeLessThan(1_000)
  process.kill(herePid, 'SIGCONT')
  await expect.poll(() => here.isCurrent()).toBe(true)
  await withConnection(database.adminUrl, (client) => client.query('select pg_terminate_backend($1)', [herePid]))
  await expect.poll(() => breaks.length).toBeGreaterThan(0)
  await expect.poll(() => here.isCurrent(), { interval: 5 }).toBe(false)
  await expect.poll(() => here.isCurrent(), { timeout: 10_000 }).toBe(true)
})
