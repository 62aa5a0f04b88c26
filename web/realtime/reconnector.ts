/**
 * When to try for a fresh call: at once, then less and less often, and at once again when the browser is back online.
 * It ends only when the server says that there is nothing more to connect to.
 */
import { ApiFault } from './session-api.ts'
import { browserEvents, type OnlineSource } from './waker.ts'

export const reconnectWaitsMs = [0, 1_000, 2_000, 5_000, 10_000, 20_000]
/** A call that lasted so long was a good one: after it the waits begin anew. */
const goodCallMs = 10_000

export interface ReconnectorOptions {
  /** Resolves when the talk goes on. An attempt that is no longer current leaves everything as it is. */
  attempt: (isCurrent: () => boolean) => Promise<void>
  /** When the next attempt is due, on the page's clock; null while one is under way. */
  onWait: (dueAtMs: number | null) => void
  /** Trying again is of no use. */
  onRefused: (fault: ApiFault) => void
  online?: OnlineSource | undefined
}

export class Reconnector {
  readonly #options: ReconnectorOptions
  readonly #online: OnlineSource | undefined
  #isTrying = false
  /** Counts up whenever attempts begin anew or end: what belongs to an earlier number is over. */
  #run = 0
  #failures = 0
  #connectedAtMs = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(options: ReconnectorOptions) {
    this.#options = options
    this.#online = options.online ?? browserEvents()
    this.#online?.addEventListener('online', this.tryNow)
  }

  /** The call is not there: tries until it is. */
  start(): void {
    if (this.#isTrying) return
    this.#isTrying = true
    if (performance.now() - this.#connectedAtMs >= goodCallMs) this.#failures = 0
    this.#schedule(0)
  }

  /** Without waiting any longer, be it for the next attempt or for the answer to one that may hang. */
  tryNow = (): void => {
    if (!this.#isTrying) return
    this.#failures = 0
    this.#schedule(0)
  }

  /** Until the next `start`. */
  pause(): void {
    this.#isTrying = false
    this.#run += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  close(): void {
    this.pause()
    this.#online?.removeEventListener('online', this.tryNow)
  }

  #schedule(leastWaitMs: number): void {
    const run = (this.#run += 1)
    if (this.#timer !== null) clearTimeout(this.#timer)
    const waitMs = Math.max(leastWaitMs, reconnectWaitsMs[Math.min(this.#failures, reconnectWaitsMs.length - 1)] ?? 0)
    this.#options.onWait(waitMs === 0 ? null : performance.now() + waitMs)
    this.#timer = setTimeout(() => void this.#try(run), waitMs)
  }

  async #try(run: number): Promise<void> {
    const isCurrent = (): boolean => run === this.#run
    this.#options.onWait(null)
    try {
      await this.#options.attempt(isCurrent)
      if (!isCurrent()) return
      this.#isTrying = false
      this.#connectedAtMs = performance.now()
      // One that is lost again soon is followed by a wait.
      this.#failures = Math.max(1, this.#failures)
    } catch (error) {
      if (!isCurrent()) return
      this.#failures += 1
      const fault = error instanceof ApiFault ? error : null
      if (fault && !fault.isRetryable) {
        this.pause()
        this.#options.onRefused(fault)
      } else this.#schedule(fault?.retryAfterMs ?? 0)
    }
  }
}
