/** The client package's connection where the network fails: what it opens again, what it says meanwhile, and that it can be closed. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { connectParley, type ParleyConnection } from '../../client/connect.ts'
import { HistoryUpdatedDocument } from '../../client/gql/documents.ts'
import { type FakeNetwork, stubWebSocket } from './fake-web-socket.ts'

/** By then a ping was sent, and six seconds later it is known that nothing answers. */
const untilPingMs = 15_000
const untilNoPongMs = 6_000
/** More than the first wait before a connection is tried again. */
const untilRetriedMs = 500

let network: FakeNetwork
let parley: ParleyConnection
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  network = stubWebSocket()
  parley = connectParley({ url: 'https://parley.example.org', token: 'parley_x' })
  parley.client.subscribe({ query: HistoryUpdatedDocument }).subscribe(() => undefined)
  await pass(0)
  expect(parley.socketStatus.get()).toBe('connected')
})
afterEach(() => {
  parley.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

it('leaves a new connection alone when the ping of the one before it is never answered', async () => {
  network.answersPings = false
  await pass(untilPingMs)
  network.opened[0]?.drop()
  await pass(untilRetriedMs)
  expect([network.opened.length, parley.socketStatus.get()]).toEqual([2, 'connected'])
  await pass(untilNoPongMs)
  expect([network.opened.length, parley.socketStatus.get()]).toEqual([2, 'connected'])
})

it('says that updates have stopped when nothing answers any more, until something does', async () => {
  network.answersPings = false
  await pass(untilPingMs + untilNoPongMs)
  expect(parley.socketStatus.get()).toBe('lost')
  await pass(untilRetriedMs)
  expect([network.opened.length, parley.socketStatus.get()]).toEqual([2, 'connected'])
})

it('does not call a connection lost that it closes to open it in another name', async () => {
  void parley.changeIdentity()
  expect(parley.socketStatus.get()).toBe('idle')
  await pass(untilRetriedMs)
  expect([network.opened.length, parley.socketStatus.get()]).toEqual([2, 'connected'])
})

it('can be closed while it connects again', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  onTestFinished(() => void process.off('unhandledRejection', unhandled))
  network.isGone = true
  network.opened[0]?.drop()
  await pass(0)
  parley.close()
  await pass(untilRetriedMs)
  await nextTurn()
  expect(unhandled).not.toHaveBeenCalled()
})
