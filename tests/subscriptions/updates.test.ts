/** `sessionUpdated` and `historyUpdated`, on a node other than the one that is written to. */
import type { Client } from 'graphql-ws'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withConnection } from '../db/stored-rows.ts'
import { append, type GraphqlClient, segmentInput, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { openStream, type Stream } from './stream.ts'

let installation: TestInstallation
let otherUrl: string
let learner: GraphqlClient
let socket: Client
/** Stands still unless it is told to go on. */
let now = Date.now()

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: () => new Date(now) } })
  otherUrl = (await installation.startNode()).url
})
afterAll(() => installation.close())
beforeEach(async () => {
  await socket?.dispose()
  learner = await signUpClient(installation.url)
  socket = learner.openSocket(otherUrl)
})

interface HistoryUpdate {
  kind: string
  session: { id: string; status: string; segmentCount: number } | null
  removedId: string | null
}

const openHistory = (): Stream<HistoryUpdate> =>
  openStream(
    socket,
    'historyUpdated',
    'subscription { historyUpdated { kind session { id status segmentCount } removedId } }',
  )

interface SessionUpdate {
  id: string
  status: string
  evaluationStatus: string
  transcript: { finalized: boolean }
}

const openSession = (id: string): Stream<SessionUpdate> =>
  openStream(
    socket,
    'sessionUpdated',
    'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { id status evaluationStatus transcript { finalized } } }',
    { id },
  )

const end = (id: string): Promise<unknown> =>
  learner.ask(`mutation ($id: ID!) { endSession(input: { sessionId: $id }) { __typename } }`, { id })

const grow = (id: string, index: number): Promise<unknown> =>
  append(
    learner,
    id,
    segmentInput(`item-${index}`, {
      previousItemId: index === 1 ? null : `item-${index - 1}`,
      startMs: index * 10,
      endMs: index * 10 + 5,
    }),
  )

describe('historyUpdated', () => {
  it('says READY first, then tells of a start, of growth at most once a second, and of an end at once', async () => {
    const stream = openHistory()
    await stream.until((received) => received.length > 0)
    expect(stream.received).toEqual([{ kind: 'READY', session: null, removedId: null }])
    const { session } = await startConversation(learner)
    await stream.until((received) => received.length > 1)
    // Not a second later: none of these is told.
    for (let index = 1; index <= 10; index += 1) await grow(session.id, index)
    now += 1_000
    await stream.until((received) => received.length > 2)
    for (let index = 11; index <= 20; index += 1) await grow(session.id, index)
    await end(session.id)
    await stream.until((received) => received.at(-1)?.session?.status === 'ENDED')
    expect(stream.received.map(({ kind, session: one }) => [kind, one?.status, one?.segmentCount])).toEqual([
      ['READY', undefined, undefined],
      ['CHANGED', 'ACTIVE', 0],
      ['CHANGED', 'ACTIVE', 10],
      ['CHANGED', 'ENDED', 20],
    ])
    stream.stop()
  })

  it('says READY again when bells may have been missed', async () => {
    const stream = openHistory()
    await stream.until((received) => received.length > 0)
    for (const times of [2, 3]) {
      await cutBells()
      await stream.until((received) => received.filter((one) => one.kind === 'READY').length >= times)
    }
    stream.stop()
  })

  it('tells of what changed while the bells were cut off', async () => {
    const stream = openHistory()
    await stream.until((received) => received.length > 0)
    await cutBells()
    const { session } = await startConversation(learner)
    // READY asks for the first page, which has it; CHANGED has it itself.
    await stream.until((received) => received.length > 1)
    const { viewer } = await learner.ask('{ viewer { history(first: 1) { edges { node { id } } } } }')
    expect(viewer.history.edges[0].node.id).toBe(session.id)
    stream.stop()
  })

  it('tells a learner nothing of others', async () => {
    const stream = openHistory()
    await stream.until((received) => received.length > 0)
    const other = await signUpClient(installation.url)
    await startConversation(other)
    const { session } = await startConversation(learner)
    await stream.until((received) => received.length > 1)
    expect(stream.received.map((one) => one.session?.id ?? one.kind)).toEqual(['READY', session.id])
    stream.stop()
  })
})

describe('sessionUpdated', () => {
  it('gives the session as it is, then each change, and nothing for growth', async () => {
    const { session } = await startConversation(learner)
    const stream = openSession(session.id)
    await stream.until((received) => received.length > 0)
    for (let index = 1; index <= 5; index += 1) await grow(session.id, index)
    await end(session.id)
    await stream.until((received) => received.at(-1)?.status === 'ENDED')
    // Asked for again it changes nothing, and nothing is told.
    await end(session.id)
    await makeJobsDue()
    await stream.until((received) => received.at(-1)?.transcript.finalized === true)
    const told = stream.received.map((one) => `${one.status} ${one.transcript.finalized ? 'finalized' : 'open'}`)
    expect(told.filter((state) => state === 'ACTIVE open')).toHaveLength(1)
    // In between it tells how the feedback is getting on.
    expect([...new Set(told)]).toEqual(['ACTIVE open', 'ENDED open', 'ENDED finalized'])
    const states = told.map((state, index) => `${state}, feedback ${stream.received[index]?.evaluationStatus}`)
    expect(states).toEqual([...new Set(states)])
    stream.stop()
  })

  it('tells what is new to who comes late only once', async () => {
    const { session } = await startConversation(learner)
    await end(session.id)
    const stream = openSession(session.id)
    const other = openHistory()
    await stream.until((received) => received.length > 0)
    await other.until((received) => received.length > 0)
    await cutBells()
    await other.until((received) => received.filter((one) => one.kind === 'READY').length > 1)
    expect(stream.received).toMatchObject([{ id: session.id, status: 'ENDED' }])
    stream.stop()
    other.stop()
  })
})

/** Makes every job due, and tells the workers. */
async function makeJobsDue(): Promise<void> {
  await withConnection(installation.database.adminUrl, async (client) => {
    await client.query(`update graphile_worker._private_jobs set run_at = now()`)
    await client.query(`select pg_notify('jobs:insert', '{"r":1,"count":1}')`)
  })
}

async function cutBells(): Promise<void> {
  await withConnection(installation.database.adminUrl, (client) =>
    client.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'parley-bus'`,
    ),
  )
}
