import { setTimeout as delay } from 'node:timers/promises'
import { type CallToFollow, updateFollowedUntil } from '../../db/queries/client-secret.ts'
import { DomainError } from '../domain/errors.ts'
import { parseServerEvent } from '../domain/realtime-events/server-event.ts'
import { type BufferState, closeCall, emptyBuffer, receiveEvent } from '../domain/realtime-events/transcript-buffer.ts'
import { toSegments } from '../domain/realtime-events/transcript-segments.ts'
import type { SegmentInput } from '../domain/transcript.ts'
import { appendSegments } from './append-segments.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Whoever follows a call says so anew in time; after that another may join it (follow-open-calls.ts). */
export const followedForMs = 45_000
const renewEveryMs = 15_000
/** A browser that is there delivers within this, and with better times: only what is missing then is added from here. */
const patienceMs = 3_000
/** Waits before each try to store what is left at the end: a database may be away for a minute. */
const lastTriesMs = [0, 1_000, 4_000, 15_000, 60_000]
const maxBatch = 50

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'provider' | 'log'>

/**
 * Listens in on a call until it is over, and adds to the transcript what its browser does not deliver: with the same item ids,
 * so that nothing is there twice. A call that can no longer be followed from here is left to another.
 */
export async function followCall(deps: Deps, call: CallToFollow, stopped: AbortSignal): Promise<void> {
  const follower = new Follower(deps, call)
  const renewal = setInterval(() => void sayUntil(deps, call, followedForMs), renewEveryMs)
  try {
    const isOver = await deps.provider.followCall(call.providerCallId, (event) => follower.receive(event), stopped)
    await follower.finish(isOver, stopped)
    // Over at the other end already: this notes it.
    if (isOver) await hangUpCalls(deps, call.userId, [call])
    else await sayUntil(deps, call, 0)
  } finally {
    clearInterval(renewal)
  }
}

/** That it could not be said does no harm: two who follow a call store the same. */
async function sayUntil(deps: Deps, { id, userId, sessionId }: CallToFollow, forMs: number): Promise<void> {
  const until = new Date(deps.clock().getTime() + forMs)
  await deps.db
    .asViewer(userId, (tx) => updateFollowedUntil(tx, id, until))
    .catch((error: unknown) => deps.log.warn({ sessionId, reason: reasonOf(error) }, 'a call is followed unsaid'))
}

class Follower {
  readonly #deps: Deps
  readonly #call: CallToFollow
  #buffer: BufferState = emptyBuffer
  #order = 0
  /** Final, and known to be stored. */
  readonly #stored = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #sending: Promise<boolean> = Promise.resolve(true)

  constructor(deps: Deps, call: CallToFollow) {
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
      void this.#send((segment) => segment.final)
    }, patienceMs)
  }

  /** What is open stays as far as it was heard; where the call goes on without us, as something that may still grow. */
  async finish(isOver: boolean, stopped: AbortSignal): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    if (isOver) this.#buffer = closeCall(this.#buffer, this.#call.callNumber)
    for (const delayMs of lastTriesMs) {
      await delay(delayMs, undefined, { signal: stopped }).catch(() => undefined)
      // Apart: after the session's end only finals are taken.
      const areFinalsStored = await this.#send((segment) => segment.final)
      const areOthersStored = await this.#send((segment) => !segment.final)
      if ((areFinalsStored && areOthersStored) || stopped.aborted) return
    }
  }

  /** One after the other. Gives whether a later try would be of no use. */
  #send(isWanted: (segment: SegmentInput) => boolean): Promise<boolean> {
    this.#sending = this.#sending.then(async () => {
      const context = { zeroMs: this.#call.startedAt.getTime(), voiceSource: 'PROVIDER' as const }
      const news = toSegments(this.#buffer, context)
        .filter(({ isPlaced, segment }) => isPlaced && isWanted(segment) && !this.#stored.has(segment.itemId))
        .map(({ segment }) => segment)
      let isSettled = true
      for (let start = 0; start < news.length; start += maxBatch)
        isSettled = (await this.#append(news.slice(start, start + maxBatch))) && isSettled
      return isSettled
    })
    return this.#sending
  }

  async #append(segments: SegmentInput[]): Promise<boolean> {
    const { sessionId, userId } = this.#call
    try {
      await appendSegments(this.#deps, { id: userId }, sessionId, { segments })
      for (const { itemId, final } of segments) if (final) this.#stored.add(itemId)
      return true
    } catch (error) {
      // Tried again with the next words; the browser most likely delivers it anyway.
      const reason = reasonOf(error)
      this.#deps.log.warn({ sessionId, reason }, 'what was heard of a call could not be added to its transcript')
      return error instanceof DomainError
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}
