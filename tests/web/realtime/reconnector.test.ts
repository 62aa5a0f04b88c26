import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Reconnector } from '../../../web/realtime/reconnector.ts'
import { ApiFault } from '../../../web/realtime/session-api.ts'

const network = new ApiFault('NETWORK', 'no answer', { isRetryable: true })
const online = new EventTarget()
let attempts: number[]
let isCurrent: () => boolean
let result: () => Promise<void>
let dueInMs: (number | null)[]
let refused: string[]
let reconnector: Reconnector

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  attempts = []
  dueInMs = []
  refused = []
  result = async () => {
    throw network
  }
  const startMs = performance.now()
  reconnector = new Reconnector({
    attempt: (isStillCurrent) => {
      isCurrent = isStillCurrent
      attempts.push(performance.now() - startMs)
      return result()
    },
    onWait: (dueAtMs) => dueInMs.push(dueAtMs === null ? null : dueAtMs - performance.now()),
    onRefused: (fault) => refused.push(fault.code),
    online,
  })
})
afterEach(() => {
  reconnector.close()
  vi.useRealTimers()
})

describe('reconnecting', () => {
  it('tries at once, then after 1, 2, 5, 10 and every 20 seconds, and tells when', async () => {
    reconnector.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(attempts).toEqual([0, 1_000, 3_000, 8_000, 18_000, 38_000, 58_000])
    expect(dueInMs.filter((wait) => wait !== null)).toEqual([1_000, 2_000, 5_000, 10_000, 20_000, 20_000, 20_000])
  })

  it('ends its waiting when the browser is online again, and begins with short waits anew', async () => {
    reconnector.start()
    await vi.advanceTimersByTimeAsync(20_000)
    online.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(attempts.slice(-2)).toEqual([20_000, 21_000])
  })

  it('gives up an attempt that hangs when the browser is online again', async () => {
    result = () => new Promise(() => undefined)
    reconnector.start()
    await vi.advanceTimersByTimeAsync(9_000)
    const isFirstCurrent = isCurrent
    online.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(attempts).toEqual([0, 9_000])
    expect([isFirstCurrent(), isCurrent()]).toEqual([false, true])
  })

  it('stops when it has succeeded, and does not hammer a call that is lost at once', async () => {
    result = async () => undefined
    reconnector.start()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(attempts).toEqual([0])
    reconnector.start()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(attempts).toEqual([0, 6_000])
    await vi.advanceTimersByTimeAsync(14_000)
    reconnector.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(attempts).toEqual([0, 6_000, 20_000])
  })

  it('ends only where the server says that it is of no use', async () => {
    const busy = new ApiFault('RATE_LIMITED', 'too often', { isRetryable: true, retryAfterMs: 7_000 })
    const over = new ApiFault('SESSION_NOT_ACTIVE', 'over')
    const faults = [busy, new Error('The call was refused (401)'), over]
    result = async () => {
      throw faults.shift() ?? network
    }
    reconnector.start()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(attempts).toEqual([0, 7_000, 9_000])
    expect(refused).toEqual(['SESSION_NOT_ACTIVE'])
  })

  it('is silent once it is closed, whatever comes of the last attempt', async () => {
    let fail = (): void => undefined
    result = () => new Promise((_, reject) => (fail = () => reject(network)))
    reconnector.start()
    await vi.advanceTimersByTimeAsync(0)
    reconnector.close()
    fail()
    online.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(attempts).toEqual([0])
  })
})
