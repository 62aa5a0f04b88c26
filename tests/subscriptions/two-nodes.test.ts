/** Two server nodes on one database: what is written on one is read on the other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from 'graphql-ws'
import { applyDelta } from '../../server/domain/transcript.ts'
import { withConnection } from '../db/stored-rows.ts'
import { append, GraphqlClient, segmentInput, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { type Delta, expectSeamless, openStream, openTranscript, reached, type Stream } from './stream.ts'

let installation: TestInstallation
let otherUrl: string
let learner: GraphqlClient
const sockets: Client[] = []

beforeAll(async () => {
  // The clock stands still: what a node remembers for seconds, it forgets only when it is told to.
  const now = new Date()
  installation = await startTestInstallation({ over: { allowances: generous, clock: () => now } })
  otherUrl = (await installation.startNode()).url
  learner = await signUpClient(installation.url)
})
afterAll(async () => {
  for (const socket of sockets) await socket.dispose()
  await installation.close()
})

const plenty = { tries: 1_000_000, perSeconds: 60 }
const generous = { account: plenty, client: plenty, mutation: plenty, request: plenty }

/** A connection to the second node, as `client`. */
function openSocket(client = learner, url = otherUrl): Client {
  const socket = client.openSocket(url)
  sockets.push(socket)
  return socket
}

async function newSession(client = learner): Promise<string> {
  const { session } = await startConversation(client)
  await client.ask(
    `mutation ($id: ID!) { endSession(input: { sessionId: $id, pendingSegments: 5000 }) { __typename } }`,
    { id: session.id },
  )
  return session.id
}

/** A running session: the others of this learner have ended, since only a few may run at once. */
async function runningSession(client = learner): Promise<string> {
  return (await startConversation(client)).session.id
}

/** Appends `count` finals, one commit each, on the first node; gives when each is acknowledged. */
async function appendChain(
  sessionId: string,
  range: { from: number; to: number },
  each?: (index: number) => Promise<unknown>,
): Promise<void> {
  for (let index = range.from; index <= range.to; index += 1) {
    const previousItemId = index === 1 ? null : `item-${index - 1}`
    const speaker = index % 2 === 0 ? 'LEARNER' : 'PARTNER'
    const answer = await append(
      learner,
      sessionId,
      segmentInput(`item-${index}`, { previousItemId, speaker, startMs: index * 10, endMs: index * 10 + 5 }),
    )
    expect(answer.transcript?.revision).toBe(index)
    await each?.(index)
  }
}

const itemsOf = (deltas: readonly Delta[]): string[] =>
  deltas.flatMap((delta) => delta.segments.map((one) => one.itemId))
const chain = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `item-${from + index}`)

describe('a subscriber on another node', () => {
  it('receives what is appended, in order, without a gap or a repeat', async () => {
    const sessionId = await newSession()
    const stream = openTranscript(openSocket(), sessionId)
    await appendChain(sessionId, { from: 1, to: 60 })
    await stream.until(reached(60))
    expectSeamless(stream.received, { to: 60 })
    expect(itemsOf(stream.received)).toEqual(chain(1, 60))
    stream.stop()
  })

  it('receives each commit by itself when it is read before the next', async () => {
    const sessionId = await newSession()
    const stream = openTranscript(openSocket(), sessionId)
    await appendChain(sessionId, { from: 1, to: 10 }, (index) => stream.until(reached(index)))
    expect(stream.received.map((delta) => delta.segments.length)).toEqual(Array.from({ length: 10 }, () => 1))
    stream.stop()
  })

  it('loses and repeats nothing when it starts in the middle of the appends', async () => {
    const sessionId = await newSession()
    const streams: [number, Stream<Delta>][] = []
    const socket = openSocket()
    await appendChain(sessionId, { from: 1, to: 40 }, async (index) => {
      // Not waited for: each starts while the next appends are under way.
      if (index % 4 === 1)
        streams.push([index - 1, openTranscript(socket, sessionId, index - 1)], [0, openTranscript(socket, sessionId)])
    })
    for (const [from, stream] of streams) {
      await stream.until(reached(40))
      expectSeamless(stream.received, { from, to: 40 })
      expect(itemsOf(stream.received)).toEqual(chain(from + 1, 40))
      stream.stop()
    }
  })

  it('drops, and resumes by revision where it was', async () => {
    const sessionId = await newSession()
    const all: Delta[] = []
    let socket = openSocket()
    let stream = openTranscript(socket, sessionId)
    await appendChain(sessionId, { from: 1, to: 40 }, async (index) => {
      if (index % 5 !== 3) return
      await stream.until((received) => received.length > 0 || all.length > 0)
      // Without a word, as when the network goes.
      socket.terminate()
      all.push(...stream.received)
      socket = openSocket()
      stream = openTranscript(socket, sessionId, all.at(-1)?.revision)
    })
    const last = all.at(-1)?.revision ?? 0
    await stream.until(reached(40))
    all.push(...stream.received)
    expect(last).toBeGreaterThan(0)
    expectSeamless(all, { to: 40 })
    expect(itemsOf(all)).toEqual(chain(1, 40))
    stream.stop()
  })

  it('loses nothing when the connections that carry the bells are cut while appends go on', async () => {
    const sessionId = await newSession()
    const stream = openTranscript(openSocket(), sessionId)
    let cuts = 0
    await appendChain(sessionId, { from: 1, to: 60 }, async (index) => {
      if (index % 10 === 5) cuts += await cutBells()
    })
    await stream.until(reached(60))
    expect(cuts).toBeGreaterThanOrEqual(6)
    expectSeamless(stream.received, { to: 60 })
    expect(itemsOf(stream.received)).toEqual(chain(1, 60))
    stream.stop()
  })

  it('is not disturbed by notices that no node wrote', async () => {
    const sessionId = await newSession()
    const stream = openTranscript(openSocket(), sessionId)
    await appendChain(sessionId, { from: 1, to: 6 }, async (index) => {
      const notice = ['', 'no JSON', '{}', '[1]', '{"node":"x","bells":[{"topic":"else"}]}'][index % 5]
      await withConnection(installation.database.adminUrl, (client) =>
        client.query(`select pg_notify('parley_bells', $1)`, [notice]),
      )
      await stream.until(reached(index))
    })
    expectSeamless(stream.received, { to: 6 })
    stream.stop()
  })

  it('sees the same transcript as the database when items come late, open and in parts', async () => {
    const sessionId = await runningSession()
    const stream = openTranscript(openSocket(), sessionId)
    const send = (...segments: Record<string, unknown>[]): Promise<unknown> => append(learner, sessionId, ...segments)
    await send(segmentInput('a', { text: 'Hel', final: false }))
    await send(segmentInput('c', { previousItemId: 'b', startMs: 900, endMs: 950 }))
    await send(
      segmentInput('a', { text: 'Hello' }),
      segmentInput('b', { previousItemId: 'a', speaker: 'LEARNER', startMs: 300, endMs: 400 }),
    )
    await stream.until(reached(3))
    expectSeamless(stream.received, { to: 3 })
    const held = stream.received.reduce<Delta['segments']>((known, delta) => applyDelta(known, delta.segments), [])
    expect(held.map((one) => [one.sequence, one.itemId, one.text, one.final])).toEqual([
      [1, 'a', 'Hello', true],
      [2, 'b', 'text of b', true],
      [3, 'c', 'text of c', true],
    ])
    stream.stop()
    await endNow(sessionId)
  })

  it('completes after the delta that says it is finalized, and again at once for who comes later', async () => {
    const sessionId = await runningSession()
    const stream = openTranscript(openSocket(), sessionId)
    await append(learner, sessionId, segmentInput('a', { text: 'half a sen', final: false }))
    await stream.until(reached(1))
    await endNow(sessionId)
    await finalizeNow()
    await stream.completed
    expect(stream.received.at(-1)).toMatchObject({
      revision: 2,
      finalized: true,
      segments: [{ itemId: 'a', text: 'half a sen', final: true }],
    })
    for (const [afterRevision, segments] of [
      [2, 0],
      [0, 1],
    ] as const) {
      const later = openTranscript(openSocket(), sessionId, afterRevision)
      await later.completed
      expect(later.received).toMatchObject([{ revision: 2, finalized: true, segments: { length: segments } }])
    }
  })
})

describe('access is looked at again while a stream goes on', () => {
  it('ends it, without a word of finality, when its learner signs out on the other node', async () => {
    const client = await signUpClient(installation.url)
    const sessionId = await runningSession(client)
    await append(client, sessionId, segmentInput('a'))
    const streams = openAll(openSocket(client), sessionId)
    await expectFirst(streams)
    const socket = openSocket(client)
    await client.ask('mutation { signOut }')
    for (const stream of streams) await stream.completed
    expect(streams[0].received.some((delta) => delta.finalized)).toBe(false)
    // The old cookie opens nothing more, neither on this connection nor on a new one.
    for (const again of [socket, openSocket(client)]) {
      await expect(openTranscript(again, sessionId).completed).rejects.toMatchObject([
        { extensions: { code: 'UNAUTHENTICATED' } },
      ])
    }
  })

  it('ends the streams of other devices when the password is changed, and keeps the one’s that changed it', async () => {
    const client = await signUpClient(installation.url)
    const sessionId = await runningSession(client)
    const { viewer } = await client.ask('{ viewer { email } }')
    const device = new GraphqlClient(otherUrl)
    await device.ask(
      `mutation ($email: String!) { signIn(input: { email: $email, password: "a good password" }) { __typename } }`,
      { email: viewer.email },
    )
    const [lost, kept] = [openTranscript(openSocket(device), sessionId), openTranscript(openSocket(client), sessionId)]
    await append(client, sessionId, segmentInput('a'))
    await Promise.all([lost.until(reached(1)), kept.until(reached(1))])
    const { changePassword } = await client.ask(
      `mutation { changePassword(input: { currentPassword: "a good password", newPassword: "another good one" }) { __typename } }`,
    )
    expect(changePassword.__typename).toBe('ChangePasswordPayload')
    await lost.completed
    await append(client, sessionId, segmentInput('b', { previousItemId: 'a', startMs: 200, endMs: 300 }))
    await kept.until(reached(2))
    expect([lost.received.length, lost.received.some((delta) => delta.finalized)]).toEqual([1, false])
    kept.stop()
  })

  it('tells another learner that there is no such session', async () => {
    const sessionId = await runningSession(await signUpClient(installation.url))
    const stranger = openSocket()
    for (const stream of openAll(stranger, sessionId).slice(0, 2)) {
      await expect(stream.completed).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    }
  })
})

function openAll(socket: Client, sessionId: string): [Stream<Delta>, Stream<unknown>, Stream<unknown>] {
  return [
    openTranscript(socket, sessionId),
    openStream(socket, 'sessionUpdated', 'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { id } }', {
      id: sessionId,
    }),
    openStream(socket, 'historyUpdated', 'subscription { historyUpdated { kind } }'),
  ]
}

async function expectFirst(streams: readonly Stream<never>[] | readonly Stream<unknown>[]): Promise<void> {
  for (const stream of streams) await (stream as Stream<unknown>).until((received) => received.length > 0)
}

async function endNow(sessionId: string): Promise<void> {
  await learner.ask(`mutation ($id: ID!) { endSession(input: { sessionId: $id }) { __typename } }`, { id: sessionId })
}

/** Makes every job due. The worker looks by itself when told that there are some. */
async function finalizeNow(): Promise<void> {
  await withConnection(installation.database.adminUrl, async (client) => {
    await client.query(`update graphile_worker._private_jobs set run_at = now()`)
    await client.query(`select pg_notify('jobs:insert', '{"r":1,"count":1}')`)
  })
}

/** Gives how many connections were cut. */
async function cutBells(): Promise<number> {
  const { rows } = await withConnection(installation.database.adminUrl, (client) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'parley-bus'`,
    ),
  )
  return rows.length
}
