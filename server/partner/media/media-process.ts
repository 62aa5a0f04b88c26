/**
 * The media processes: WebRTC can take its process down, so calls are spread over several, and each crash ends its own only.
 * A new call goes to the one with the fewest; all are warm from the start.
 */
import { availableParallelism } from 'node:os'
import type { Log } from '../log.ts'
import type { CallCommand, CallEvent } from './media-messages.ts'
import { MediaEndedError, MediaSlot, MediaUnavailableError, OfferRefusedError } from './media-slot.ts'
import type { ListeningSettings } from './turn-detector.ts'

export { MediaUnavailableError, OfferRefusedError }

export interface MediaProcess {
  /** Resolves once a call can be answered. Throws MediaUnavailableError. */
  ready(): Promise<void>
  /** Throws OfferRefusedError, MediaUnavailableError. `onEvent` is not called before the answer, nor after 'gone'. */
  openCall(
    callId: string,
    offer: string,
    settings: ListeningSettings,
    onEvent: (event: CallEvent) => void,
  ): Promise<string>
  command(callId: string, command: CallCommand): void
  close(): Promise<void>
}

/** Two at least, so that one is there while the other starts again. Each keeps two cores busy and takes 150 MB. */
const FEWEST = 2
const LOG_EACH_MS = 10_000
const MOST = 4
const CORES_EACH = 2

export function startMediaProcess(addresses: readonly string[], log: Log): MediaProcess {
  const count = Math.min(MOST, Math.max(FEWEST, Math.floor(availableParallelism() / CORES_EACH)))
  const slots = Array.from({ length: count }, () => new MediaSlot(addresses, log))
  const logging = setInterval(() => void logStats(slots, log), LOG_EACH_MS)
  logging.unref()

  return {
    ready: async () => void (await firstReady(slots)),
    async openCall(callId, offer, settings, onEvent) {
      const opening = { callId, offer, settings, onEvent }
      try {
        return await (await choose(slots)).open(opening)
      } catch (error) {
        // Another call took the process down: this one has lost nothing yet, and is opened in the next.
        if (!(error instanceof MediaEndedError)) throw error
        return await (await choose(slots)).open(opening)
      }
    },
    command: (callId, command) => slots.find((slot) => slot.has(callId))?.command(callId, command),
    async close() {
      clearInterval(logging)
      await logStats(slots, log)
      await Promise.all(slots.map((slot) => slot.close()))
    },
  }
}

async function choose(slots: readonly MediaSlot[]): Promise<MediaSlot> {
  const [freest] = slots.filter((slot) => slot.isReady).toSorted((one, other) => one.load - other.load)
  return freest ?? (await firstReady(slots))
}

async function firstReady(slots: readonly MediaSlot[]): Promise<MediaSlot> {
  try {
    return await Promise.any(slots.map(async (slot) => slot.ready().then(() => slot)))
  } catch {
    throw new MediaUnavailableError('No media process has started')
  }
}

/** Of each process that has sounded since the last time. */
async function logStats(slots: readonly MediaSlot[], log: Log): Promise<void> {
  for (const stats of await Promise.all(slots.map((slot) => slot.stats()))) {
    if (stats === null || stats.lateness.count === 0) continue
    log.info('media-process', {
      calls: stats.calls,
      frames: stats.lateness.count,
      lateP50Ms: stats.lateness.p50Ms,
      lateP99Ms: stats.lateness.p99Ms,
      lateMostMs: stats.lateness.mostMs,
      residentMegabytes: Math.round(stats.residentBytes / 1_048_576),
    })
  }
}
