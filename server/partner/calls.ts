/** All calls in progress: opens them with the media process, ends them, and forgets them when they are over. */
import { Call, newId, toListeningSettings, type Listener } from './call.ts'
import { createCapacity } from './capacity.ts'
import type { Log } from './log.ts'
import type { MediaProcess } from './media/media-process.ts'
import type { Minds } from './minds.ts'
import { toTurnSettings } from './session/session-config.ts'
import type { HeldSecret } from './session/client-secrets.ts'
import { hasMicrophone } from './session/offer.ts'

/** Source: OpenAI Realtime API, longest session. */
const LONGEST_CALL_MS = 60 * 60_000
/** A browser has one call, and a second while the first is being given up. More is a secret gone astray. */
const MOST_CALLS_PER_SECRET = 5

export class TooManyCallsError extends Error {
  /** When a line is likely to be free. */
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super('Too many calls are in progress')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface OpenCall {
  /** Identifies the secret by which it was opened. */
  secretKey: string
  receive(text: string): void
  attach(listener: Listener): () => void
  hangUp(): void
}

export interface Calls {
  readonly size: number
  readonly capacity: number
  /** Throws TooManyCallsError, OfferRefusedError, MediaUnavailableError. */
  open(secret: HeldSecret, offer: string): Promise<{ callId: string; answer: string }>
  find(callId: string): OpenCall | null
  hangUpAll(): void
}

export function createCalls(parts: { media: MediaProcess; minds: Minds; log: Log; mostCalls: number }): Calls {
  const { media, minds, log, mostCalls } = parts
  const calls = new Map<string, Call & { secretKey: string }>()
  const capacity = createCapacity(mostCalls)

  function checkCapacity(secretKey: string) {
    const ofSecret = [...calls.values()].filter((call) => call.secretKey === secretKey).length
    if (calls.size >= mostCalls) throw new TooManyCallsError(capacity.secondsUntilFree(calls.size))
    if (ofSecret >= MOST_CALLS_PER_SECRET) throw new TooManyCallsError(capacity.secondsUntilFree(ofSecret))
  }

  function create(callId: string, { session, scenario, key }: HeldSecret, offer: string) {
    const startedAtMs = Date.now()
    const longestMs = scenario?.expiresAfterMs ?? LONGEST_CALL_MS
    const config = { ...session, expires_at: Math.floor((startedAtMs + longestMs) / 1_000) }
    const call = new Call({
      ...minds.open(config, hasMicrophone(offer)),
      command: (command) => media.command(callId, command),
      config,
      longestMs,
      scenario,
      ended(reason) {
        if (!calls.delete(callId)) return
        capacity.callEnded(Date.now() - startedAtMs)
        log.info('call-ended', { callId, reason, seconds: Math.round((Date.now() - startedAtMs) / 1_000) })
      },
    })
    return Object.assign(call, { secretKey: key })
  }

  return {
    get size() {
      return calls.size
    },
    capacity: mostCalls,
    async open(secret, offer) {
      checkCapacity(secret.key)
      const callId = newId('rtc')
      const call = create(callId, secret, offer)
      calls.set(callId, call)
      const settings = toListeningSettings(toTurnSettings(secret.session))
      try {
        const answer = await media.openCall(callId, offer, settings, (event) => call.take(event))
        log.info('call-started', { callId })
        return { callId, answer }
      } catch (error) {
        call.hangUp()
        throw error
      }
    },
    find: (callId) => calls.get(callId) ?? null,
    hangUpAll() {
      for (const call of calls.values()) call.hangUp()
    },
  }
}
