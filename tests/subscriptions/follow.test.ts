import { expect, it, vi } from 'vitest'
import type { Bell, BellListener, EventBus } from '../../server/events/bus.ts'
import { BellBoard } from '../../server/events/bell-board.ts'
import { follow, type Waiter } from '../../server/services/follow.ts'

const bell: Bell = { topic: 'transcript', key: 'a' }

function createBus(): { bus: EventBus; ring: (bell: Bell | null) => void; listeners: Set<BellListener> } {
  const listeners = new Set<BellListener>()
  const listen = (_topic: string, _key: string, listener: BellListener): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const bus = {
    ring: () => undefined,
    listen,
    listenAll: () => () => undefined,
    isCurrent: () => true,
    close: async () => undefined,
  }
  return { bus, ring: (one) => listeners.forEach((listener) => listener(one)), listeners }
}

async function* count(waiter: Waiter): AsyncGenerator<number, void, undefined> {
  for (let looks = 1; !waiter.isStopped; await waiter.next()) yield looks++
}

it('can be stopped while it waits, and lets go of the bus at once', async () => {
  const { bus, listeners } = createBus()
  const stream = follow(
    bus,
    [
      ['transcript', 'a'],
      ['access', 'b'],
    ],
    count,
  )
  await stream.next()
  const waiting = stream.next()
  expect(listeners.size).toBe(2)
  await stream.return?.()
  expect(listeners.size).toBe(0)
  expect(await waiting).toEqual({ done: true, value: undefined })
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

it('lets go of the bus when it was never asked for anything, when it fails, and when it ends by itself', async () => {
  for (const run of [count, failing, ending]) {
    const { bus, listeners } = createBus()
    const stream = follow(bus, [['transcript', 'a']], run)
    expect(listeners.size).toBe(1)
    if (run === count) await stream.return?.()
    else await stream.next().catch(() => undefined)
    expect(listeners.size).toBe(0)
  }
})

it('misses no bell that rings between a look and the wait', async () => {
  // Nothing but a bell wakes it.
  vi.useFakeTimers()
  try {
    const { bus, ring } = createBus()
    const stream = follow(bus, [['transcript', 'a']], count)
    await stream.next()
    ring(bell)
    ring(bell)
    expect(await stream.next()).toEqual({ done: false, value: 2 })
    const waiting = stream.next()
    ring(null)
    expect(await waiting).toEqual({ done: false, value: 3 })
    await stream.return?.()
  } finally {
    vi.useRealTimers()
  }
})

it('looks by itself when no bell rings, and leaves no timer behind', async () => {
  vi.useFakeTimers()
  try {
    const { bus } = createBus()
    const stream = follow(bus, [['transcript', 'a']], count)
    await stream.next()
    const waiting = stream.next()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await waiting).toEqual({ done: false, value: 2 })
    const last = stream.next()
    await vi.advanceTimersByTimeAsync(1)
    await stream.return?.()
    await last
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

it('holds one bell of a kind for a reader who is slow', async () => {
  const { bus, ring } = createBus()
  let taken: (Bell | null)[] = []
  const stream = follow(bus, [['transcript', 'a']], async function* (waiter) {
    yield 1
    await waiter.next()
    taken = waiter.take()
    yield 2
  })
  await stream.next()
  for (let index = 0; index < 1_000; index += 1) ring({ ...bell })
  ring(null)
  await stream.next()
  expect(taken).toEqual([bell, null])
})

it('delivers a bell to its place only, and to those who hear all of a topic', () => {
  const board = new BellBoard()
  const heard: string[] = []
  board.add('transcript', 'a', () => heard.push('a'))
  board.add('transcript', 'b', () => heard.push('b'))
  board.add('transcript', null, () => heard.push('all'))
  const stop = board.add('access', 'a', () => heard.push('access'))
  board.deliver(bell)
  stop()
  board.deliverToAll()
  expect(heard).toEqual(['all', 'a', 'a', 'b', 'all'])
})

async function* failing(): AsyncGenerator<number, void, undefined> {
  yield* []
  throw new Error('it failed')
}

async function* ending(): AsyncGenerator<number, void, undefined> {
  yield* []
}
