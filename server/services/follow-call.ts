import type { SessionId, UserId } from '../domain/ids.ts'
import { parseServerEvent } from '../domain/realtime-events/server-event.ts'
import { type BufferState, closeCall, emptyBuffer, receiveEvent } from '../domain/realtime-events/transcript-buffer.ts'
import { toSegments } from '../domain/realtime-events/transcript-segments.ts'
import type { SegmentInput } from '../domain/transcript.ts'
import { appendSegments } from './append-segments.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface FollowedCall {
  sessionId: SessionId
  userId: UserId
  callNumber: number
  providerCallId: string
  startedAt: Date
}

/** A browser that is there delivers within this, and with better times: only what is missing then is added from here. */
const patienceMs = 3_000
const maxBatch = 50

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'provider' | 'log'>

/**
 * Listens in on a call until it is over, and adds to the transcript what its browser does not deliver: with the same item ids,
 * so that nothing is there twice. Never throws.
 */
export async function followCall(deps: Deps, call: FollowedCall, stopped: AbortSignal): Promise<void> {
  const follower = new Follower(deps, call)
  for await (const message of deps.provider.followCall(call.providerCallId, stopped)) follower.receive(message)
  await follower.finish()
}

class Follower {
  readonly #deps: Deps
  readonly #call: FollowedCall
  #buffer: BufferState = emptyBuffer
  #order = 0
  /** Final, and known to be stored. */
  readonly #stored = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #sending = Promise.resolve()

  constructor(deps: Deps, call: FollowedCall) {
    this.#deps = deps
    this.#call = call
  }

  receive(message: string): void {
    const atMs = this.#deps.clock().getTime()
    for (const event of parseServerEvent(message)) {
      this.#order += 1
      const received = { callNumber: this.#call.callNumber, order: this.#order, atMs, event }
      this.#buffer = receiveEvent(this.#buffer, received)
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#send((segment) => segment.final)
    }, patienceMs)
  }

  /** The call is over: what is open stays as far as it was heard. */
  async finish(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#buffer = closeCall(this.#buffer, this.#call.callNumber)
    this.#send(() => true)
    await this.#sending
  }

  #send(isWanted: (segment: SegmentInput) => boolean): void {
    const context = { zeroMs: this.#call.startedAt.getTime(), voiceSource: 'PROVIDER' as const }
    const news = toSegments(this.#buffer, context)
      .filter(({ isPlaced, segment }) => isPlaced && isWanted(segment) && !this.#stored.has(segment.itemId))
      .map(({ segment }) => segment)
    this.#sending = this.#sending.then(async () => {
      for (let start = 0; start < news.length; start += maxBatch)
        await this.#append(news.slice(start, start + maxBatch))
    })
  }

  async #append(segments: SegmentInput[]): Promise<void> {
    const { sessionId, userId } = this.#call
    try {
      await appendSegments(this.#deps, { id: userId }, sessionId, { segments })
      for (const { itemId, final } of segments) if (final) this.#stored.add(itemId)
    } catch (error) {
      // Tried again with the next words; the browser most likely delivers it anyway.
      const reason = error instanceof Error ? error.message : 'unknown'
      this.#deps.log.warn({ sessionId, reason }, 'what was heard of a call could not be added to its transcript')
    }
  }
}
