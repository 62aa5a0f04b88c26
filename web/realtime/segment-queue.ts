/**
 * Sends segments in order and keeps each until the server has acknowledged it. Partials wait a moment, so that the
 * next one can replace them; a final is sent at once and is never sent in another version.
 */
import type { SegmentInput } from '../../server/domain/transcript.ts'
import { isSameSegment, type Outbox } from './outbox.ts'
import { ApiFault, type SessionApi } from './session-api.ts'

export const maxBatch = 50

export interface SegmentQueueOptions {
  sessionId: string
  api: Pick<SessionApi, 'appendSegments'>
  outbox: Pick<Outbox, 'putSegments' | 'acknowledgeSegments'>
  partialDelayMs?: number
  firstRetryMs?: number
  /** The server answered that the session is over, that it is not the viewer's, or that nobody is signed in. */
  onRefused?: (fault: ApiFault) => void
}

export class SegmentQueue {
  readonly #options: SegmentQueueOptions
  readonly #partialDelayMs: number
  readonly #firstRetryMs: number
  readonly #offered = new Map<string, SegmentInput>()
  readonly #pending = new Map<string, SegmentInput>()
  /** Not yet given to the outbox. */
  readonly #unkept = new Map<string, SegmentInput>()
  #kept: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | null = null
  #dueAtMs = Infinity
  #isSending = false
  #isStopped = false
  #failures = 0
  #waiters: (() => void)[] = []

  constructor(options: SegmentQueueOptions) {
    this.#options = options
    this.#partialDelayMs = options.partialDelayMs ?? 400
    this.#firstRetryMs = options.firstRetryMs ?? 500
  }

  /** The transcript as it is now, in order: what is new or changed since the last call is queued, and kept at once. */
  offer(segments: readonly SegmentInput[]): void {
    const news = segments.filter((segment) => isNews(this.#offered.get(segment.itemId), segment))
    for (const segment of news) {
      this.#offered.set(segment.itemId, segment)
      this.#pending.set(segment.itemId, segment)
      // Once it is stopped the session may be saved and forgotten.
      if (!this.#isStopped) this.#unkept.set(segment.itemId, segment)
    }
    void this.#keep()
    if (news.length > 0) this.#schedule(news.some((segment) => segment.final) ? 0 : this.#partialDelayMs)
  }

  /** Resolves to how many segments are still unacknowledged: 0 as soon as all are, else after the time. */
  async drain(timeoutMs: number): Promise<number> {
    if (this.#pending.size > 0 && !this.#isStopped) {
      this.#schedule(0)
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, timeoutMs)
        this.#waiters.push(() => {
          clearTimeout(limit)
          resolve()
        })
      })
    }
    await this.#keep()
    await this.#put([...this.#pending.values()])
    return this.#pending.size
  }

  /** The way is open again: what waits for its next attempt is sent now. */
  sendNow = (): void => this.#schedule(0)

  /** Sends nothing more; what is queued stays in the outbox. */
  stop(): void {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#settle()
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped || this.#isSending) return
    const atMs = Date.now() + delayMs
    if (this.#timer !== null && this.#dueAtMs <= atMs) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#dueAtMs = atMs
    this.#timer = setTimeout(() => void this.#send(), delayMs)
  }

  async #send(): Promise<void> {
    this.#timer = null
    const batch = [...this.#pending.values()].slice(0, maxBatch)
    if (batch.length === 0 || this.#isStopped) return
    this.#isSending = true
    const nextDelayMs = await this.#sendBatch(batch)
    this.#isSending = false
    if (this.#pending.size === 0 || this.#isStopped) this.#settle()
    else this.#schedule(nextDelayMs)
  }

  /** Gives how long to wait before the next batch. */
  async #sendBatch(batch: readonly SegmentInput[]): Promise<number> {
    const { sessionId, api, onRefused } = this.#options
    try {
      await this.#keep()
      await api.appendSegments(sessionId, batch)
      this.#failures = 0
      await this.#acknowledge(batch)
      return [...this.#pending.values()].some((segment) => segment.final) ? 0 : this.#partialDelayMs
    } catch (error) {
      this.#failures += 1
      if (error instanceof ApiFault && !error.isRetryable) {
        // Who was signed out may sign in again in another tab.
        this.#isStopped = error.code !== 'UNAUTHENTICATED'
        onRefused?.(error)
      }
      const backOffMs = Math.min(8_000, this.#firstRetryMs * 2 ** (this.#failures - 1))
      return Math.max(backOffMs, error instanceof ApiFault ? error.retryAfterMs : 0)
    }
  }

  /** Resolves when all that was offered is kept. One write at a time: what comes meanwhile goes with the next one. */
  #keep(): Promise<void> {
    if (this.#unkept.size > 0) this.#kept = this.#kept.then(() => this.#putUnkept())
    return this.#kept
  }

  async #putUnkept(): Promise<void> {
    const segments = [...this.#unkept.values()]
    this.#unkept.clear()
    if (segments.length > 0) await this.#put(segments)
  }

  /** A full disk must not stop the sending. */
  async #put(segments: readonly SegmentInput[]): Promise<void> {
    await this.#options.outbox.putSegments(this.#options.sessionId, segments).catch(() => undefined)
  }

  async #acknowledge(batch: readonly SegmentInput[]): Promise<void> {
    for (const segment of batch) {
      const held = this.#pending.get(segment.itemId)
      if (held && isSameSegment(held, segment)) this.#pending.delete(segment.itemId)
    }
    await this.#options.outbox.acknowledgeSegments(this.#options.sessionId, batch).catch(() => undefined)
  }

  #settle(): void {
    for (const resolve of this.#waiters) resolve()
    this.#waiters = []
  }
}

function isNews(known: SegmentInput | undefined, segment: SegmentInput): boolean {
  return known === undefined || (!known.final && !isSameSegment(known, segment))
}
