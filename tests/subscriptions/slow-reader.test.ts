/** A reader who does not read: what waits for him in the server stays small, he is closed with a code of his own, and loses nothing. */
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, afterEach, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import { BellBoard } from '../../server/events/bell-board.ts'
import { slowReaderCode } from '../../server/http/paced-socket.ts'
import { append, type GraphqlClient, segmentInput, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { segmentsDocument } from '../support/subscription-documents.ts'
import { type Delta, expectSeamless, openTranscript, reached } from './stream.ts'

const mebibyte = 1024 * 1024
const commits = 1_000
/** More than the buffers of both operating systems' sockets take by themselves. */
const text = 'what I said, and said again. '.repeat(600)

let installation: TestInstallation
let learner: GraphqlClient

beforeAll(async () => {
  const plenty = { tries: 1_000_000, perSeconds: 60 }
  installation = await startTestInstallation({
    over: {
      allowances: { account: plenty, client: plenty, mutation: plenty, request: plenty },
      pacing: { stallMs: 500, maxBufferedBytes: mebibyte, pingEveryMs: 60_000 },
    },
  })
})
afterAll(() => installation.close())

let mostBuffered = 0
let listening = 0

beforeEach(async () => {
  learner = await signUpClient(installation.url)
  mostBuffered = 0
  watchBuffers()
  watchListeners()
})
afterEach(() => vi.restoreAllMocks())

it('is closed with its own code, and resumes without loss', { timeout: 120_000 }, async () => {
  const { session } = await startConversation(learner)
  const before = listening
  const reader = await openReader(session.id)
  await expect.poll(() => listening).toBeGreaterThan(before)
  reader.socket.pause()
  await appendLong(session.id, commits, () => undefined)
  // The server has let go of the stream though the reader has not noticed yet.
  await expect.poll(() => listening, { timeout: 20_000 }).toBe(before)
  expect(mostBuffered).toBeGreaterThan(0)
  expect(mostBuffered).toBeLessThan(mebibyte)

  const closed = once(reader.socket, 'close')
  reader.socket.resume()
  expect((await closed)[0]).toBe(slowReaderCode)
  const seen = reader.deltas.at(-1)?.revision ?? 0
  expect(seen).toBeLessThan(commits)

  const client = learner.openSocket()
  const resumed = openTranscript(client, session.id, seen)
  await resumed.until(reached(commits))
  const all = [...reader.deltas, ...resumed.received]
  expectSeamless(all, { to: commits })
  expect(all.flatMap((delta) => delta.segments.map((one) => one.itemId))).toEqual(
    Array.from({ length: commits }, (_, index) => `item-${index + 1}`),
  )
  // What was missed came in pieces, none of which fills the buffer.
  for (const delta of all) expect(JSON.stringify(delta).length).toBeLessThan(mebibyte / 2)
  await client.dispose()
})

it('does not hold up another reader of the same session', async () => {
  const { session } = await startConversation(learner)
  const slow = await openReader(session.id)
  slow.socket.pause()
  const client = learner.openSocket()
  const quick = openTranscript(client, session.id)
  await appendLong(session.id, 100, (index) => quick.until(reached(index)))
  expect(quick.received).toHaveLength(100)
  slow.socket.terminate()
  await client.dispose()
})

it('leaves nothing behind when it unsubscribes or goes while its streams wait', async () => {
  const { session } = await startConversation(learner)
  const before = listening
  for (const leave of ['stop', 'terminate'] as const) {
    const client = learner.openSocket()
    const streams = Array.from({ length: 10 }, () => openTranscript(client, session.id))
    await append(
      learner,
      session.id,
      segmentInput(`of-${leave}`, { previousItemId: leave === 'stop' ? null : 'of-stop' }),
    )
    for (const stream of streams) await stream.until((received) => received.length > 0)
    expect(listening).toBe(before + 20)
    if (leave === 'stop') for (const stream of streams) stream.stop()
    else client.terminate()
    // Sooner than a follower would look by itself.
    await expect.poll(() => listening, { timeout: 2_000 }).toBe(before)
    await client.dispose()
  }
})

it('is let go of at once when the server stops', async () => {
  const node = await installation.startNode()
  const { session } = await startConversation(learner)
  const reader = await openReader(session.id, node.url)
  reader.socket.pause()
  const startedAt = performance.now()
  await node.close()
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  reader.socket.terminate()
})

async function appendLong(
  sessionId: string,
  count: number,
  each: (index: number) => Promise<unknown> | undefined,
): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    const previousItemId = index === 1 ? null : `item-${index - 1}`
    const answer = await append(
      learner,
      sessionId,
      segmentInput(`item-${index}`, { previousItemId, text, startMs: index * 10, endMs: index * 10 + 5 }),
    )
    expect(answer.transcript?.revision).toBe(index)
    await each(index)
  }
}

/** Speaks the protocol by hand, to be able to stop reading. */
async function openReader(sessionId: string, url = installation.url): Promise<{ socket: WebSocket; deltas: Delta[] }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { origin: url, cookie: learner.cookie ?? '' },
  })
  const deltas: Delta[] = []
  const acknowledged = Promise.withResolvers<void>()
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString('utf8'))
    if (message.type === 'connection_ack') acknowledged.resolve()
    if (message.type === 'next') deltas.push(message.payload.data.transcriptSegments)
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init' }))
  await acknowledged.promise
  socket.send(
    JSON.stringify({ id: '1', type: 'subscribe', payload: { query: segmentsDocument, variables: { sessionId } } }),
  )
  return { socket, deltas }
}

/** What waits in the servers' ends of the sockets, after each send. */
function watchBuffers(): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to its socket below
  const send = WebSocket.prototype.send
  vi.spyOn(WebSocket.prototype, 'send').mockImplementation(function (this: WebSocket, ...words: unknown[]) {
    Reflect.apply(send, this, words)
    if ('_isServer' in this && this._isServer === true) mostBuffered = Math.max(mostBuffered, this.bufferedAmount)
  })
}

/** How many listeners of streams the servers hold. */
function watchListeners(): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to its board below
  const add = BellBoard.prototype.add
  listening = 0
  vi.spyOn(BellBoard.prototype, 'add').mockImplementation(function (this: BellBoard, ...words) {
    const stop = Reflect.apply(add, this, words)
    listening += 1
    let isListening = true
    return () => {
      if (isListening) listening -= 1
      isListening = false
      stop()
    }
  })
}
