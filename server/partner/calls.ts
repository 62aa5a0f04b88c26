/** All calls in progress: opens them with the media process, ends them, and forgets them when they are over. */
import { Call, newId, toListeningSettings } from './call.ts'
import type { Log } from './log.ts'
import type { CallEvent } from './media/media-messages.ts'
import type { MediaProcess } from './media/media-process.ts'
import type { Minds } from './minds.ts'
import { toTurnSettings, type SessionConfig } from './session/session-config.ts'

/** More calls than this are refused: the machine could not pace their sound. */
export const MOST_CALLS = 40

export class TooManyCallsError extends Error {}

export interface Calls {
  readonly size: number
  /** Throws TooManyCallsError, OfferRefusedError, MediaUnavailableError. */
  open(config: SessionConfig, offer: string): Promise<{ callId: string; answer: string }>
  /** False when there is no such call. */
  hangUp(callId: string): boolean
  hangUpAll(): void
}

export function createCalls(media: MediaProcess, minds: Minds, log: Log): Calls {
  const calls = new Map<string, Call>()
  return {
    get size() {
      return calls.size
    },
    async open(config, offer) {
      if (calls.size >= MOST_CALLS) throw new TooManyCallsError('Too many calls are in progress')
      const callId = newId('rtc')
      const startedAtMs = Date.now()
      const call = new Call({
        command: (command) => media.command(callId, command),
        mind: minds.open(config, true).mind,
        config,
        ended(reason) {
          if (calls.delete(callId))
            log.info('call-ended', { callId, reason, seconds: Math.round((Date.now() - startedAtMs) / 1_000) })
        },
      })
      calls.set(callId, call)
      const settings = toListeningSettings(toTurnSettings(config))
      const onEvent = (event: CallEvent) => call.take(event)
      try {
        const answer = await media.openCall(callId, offer, settings, onEvent)
        log.info('call-started', { callId })
        return { callId, answer }
      } catch (error) {
        call.hangUp()
        throw error
      }
    },
    hangUp(callId) {
      const call = calls.get(callId)
      call?.hangUp()
      return call !== undefined
    },
    hangUpAll() {
      for (const call of calls.values()) call.hangUp()
    },
  }
}
