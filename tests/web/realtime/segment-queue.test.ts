import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SegmentInput } from '../../../server/domain/transcript.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import { maxBatch, SegmentQueue } from '../../../web/realtime/segment-queue.ts'
import { ApiFault } from '../../../web/realtime/session-api.ts'
import { segmentInput as segment } from '../../support/segment-input.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function open(answer: (batch: readonly SegmentInput[]) => Promise<void> = async () => undefined) {
  const outbox = createMemoryOutbox()
  await outbox.putSession({
    sessionId: 's',
    viewerId: 'v',
    title: 'T',
    startedAtMs: 0,
    updatedAtMs: 0,
    isEndSent: false,
  })
  const sent: (readonly SegmentInput[])[] = []
  const refused: ApiFault[] = []
  const api = {
    appendSegments: async (_: string, batch: readonly SegmentInput[]) => {
      sent.push(batch)
      await answer(batch)
    },
  }
  return {
    outbox,
    sent,
    refused,
    queue: new SegmentQueue({ sessionId: 's', api, outbox, onRefused: (fault) => refused.push(fault) }),
  }
}

describe('the send queue', () => {
  it('sends a final at once, and gives a partial a moment to become better', async () => {
    const { queue, sent } = await open()
    queue.offer([segment('a', { final: false, text: 'He' })])
    await vi.advanceTimersByTimeAsync(200)
    queue.offer([segment('a', { final: false, text: 'Hello' })])
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(sent).toMatchObject([[{ text: 'Hello' }]])
    queue.offer([segment('a', { text: 'Hello there' })])
    await vi.advanceTimersByTimeAsync(0)
    expect(sent[1]).toMatchObject([{ text: 'Hello there', final: true }])
  })

  it('never sends a final again in another version', async () => {
    const { queue, sent } = await open()
    queue.offer([segment('a')])
    await vi.advanceTimersByTimeAsync(0)
    queue.offer([segment('a', { startMs: 40 })])
    queue.offer([segment('a', { final: false, text: 'less' })])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sent).toHaveLength(1)
  })

  it('keeps order and sends at most 50 at once', async () => {
    const { queue, sent } = await open()
    const all = Array.from({ length: 120 }, (_, index) => segment(`item-${index}`))
    queue.offer(all)
    expect(await Promise.all([queue.drain(5_000), vi.advanceTimersByTimeAsync(10)])).toMatchObject([
      0,
      expect.anything(),
    ])
    expect(sent.map((batch) => batch.length)).toEqual([maxBatch, maxBatch, 20])
    expect(sent.flat().map((each) => each.itemId)).toEqual(all.map((each) => each.itemId))
  })

  it('keeps what was not acknowledged and tries again until it is', async () => {
    let failures = 3
    const { queue, sent, outbox } = await open(async () => {
      if (failures-- > 0) throw new ApiFault('NETWORK', 'offline', { isRetryable: true })
    })
    queue.offer([segment('a')])
    await vi.advanceTimersByTimeAsync(100)
    expect(await outbox.listSegments('s')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent).toHaveLength(4)
    expect(await outbox.listSegments('s')).toEqual([])
  })

  it('keeps what is said while a batch hangs: a page that is closed now leaves it to the next one', async () => {
    const { queue, sent, outbox } = await open(() => new Promise(() => undefined))
    queue.offer([segment('a')])
    await vi.advanceTimersByTimeAsync(0)
    queue.offer([segment('a'), segment('b')])
    queue.offer([segment('a'), segment('b'), segment('c', { final: false, text: 'I' })])
    queue.offer([segment('a'), segment('b'), segment('c', { text: 'I am Ana.' })])
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toHaveLength(1)
    const kept = [segment('a'), segment('b'), segment('c', { text: 'I am Ana.' })]
    expect(await outbox.listSegments('s')).toEqual(kept)
  })

  it('keeps nothing that comes after it was stopped: the session may be saved and forgotten', async () => {
    const { queue, outbox } = await open()
    queue.offer([segment('a')])
    await Promise.all([queue.drain(5_000), vi.advanceTimersByTimeAsync(10)])
    queue.stop()
    queue.offer([segment('a'), segment('b')])
    await vi.advanceTimersByTimeAsync(0)
    expect(await outbox.listSegments('s')).toEqual([])
  })

  it('sends only what was kept, and does not wait for a slow disk more than once', async () => {
    const { queue, sent, outbox } = await open()
    const writes: PromiseWithResolvers<void>[] = []
    outbox.putSegments = async () => {
      const write = Promise.withResolvers<void>()
      writes.push(write)
      await write.promise
    }
    queue.offer([segment('a')])
    await vi.advanceTimersByTimeAsync(0)
    for (const itemId of ['b', 'c', 'd']) queue.offer([segment('a'), segment(itemId)])
    await vi.advanceTimersByTimeAsync(100)
    // What came meanwhile waits for one write, all together.
    expect([sent.length, writes.length]).toEqual([0, 1])
    writes[0]?.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect([sent.length, writes.length]).toEqual([1, 2])
    expect(sent[0]).toEqual([segment('a')])
  })

  it('tells at the end how much is still owed', async () => {
    const { queue, outbox } = await open(async () => {
      throw new ApiFault('NETWORK', 'offline', { isRetryable: true })
    })
    queue.offer([segment('a'), segment('b')])
    const drained = queue.drain(5_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await drained).toBe(2)
    queue.stop()
    expect(await outbox.listSegments('s')).toHaveLength(2)
  })

  it('stops where the server says that the session is over', async () => {
    const { queue, sent, refused } = await open(async () => {
      throw new ApiFault('SESSION_NOT_ACTIVE', 'over')
    })
    queue.offer([segment('a')])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
    expect(refused).toMatchObject([{ code: 'SESSION_NOT_ACTIVE' }])
    expect(await queue.drain(5_000)).toBe(1)
  })

  it('sends on where the browser keeps nothing', async () => {
    const { queue, sent, outbox } = await open()
    outbox.putSegments = async () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    queue.offer([segment('a')])
    await vi.advanceTimersByTimeAsync(10)
    expect(sent).toHaveLength(1)
  })
})
