/** What the main process and a media process say to each other. Structured clones: sound travels as typed arrays. */
import type { LatenessFigures } from './lateness.ts'
import type { PlayoutEvent } from './playout.ts'
import type { ListeningSettings, TurnEvent } from './turn-detector.ts'

export type CallCommand =
  | { type: 'send'; text: string }
  | { type: 'play'; responseId: string; itemId: string; pcm: Int16Array }
  | { type: 'play-end'; responseId: string }
  | { type: 'stop-playing' }
  | { type: 'listen'; settings: ListeningSettings }
  /** Answered by `committed`. */
  | { type: 'commit' }
  | { type: 'clear-input' }
  | { type: 'close' }
  /** For tests of clients: the data channel alone is closed. */
  | { type: 'close-channel' }
  /** For tests of clients: gone without a goodbye, as by a pulled cable. */
  | { type: 'vanish' }
  /** For tests of clients: connected, but nothing is said, sent or heard any more. */
  | { type: 'freeze' }

export type MediaCommand =
  | { type: 'open'; callId: string; offer: string; addresses: readonly string[]; settings: ListeningSettings }
  | { type: 'call'; callId: string; command: CallCommand }
  /** Answered by `stats` with the same id. */
  | { type: 'stats'; id: number }

export type CallEvent =
  | { type: 'channel-open' }
  | { type: 'text'; text: string }
  | { type: 'committed'; utterance: Int16Array | null }
  /** The other side has gone; nothing follows. */
  | { type: 'gone'; reason: string }
  | TurnEvent
  | PlayoutEvent

/** How a media process fares. */
export interface MediaStats {
  calls: number
  /** Of each frame since they were last asked for: how long after its time it was sent. */
  lateness: LatenessFigures
  residentBytes: number
}

export type MediaReport =
  | { type: 'ready' }
  | { type: 'answered'; callId: string; answer: string }
  | { type: 'refused'; callId: string; reason: string }
  | { type: 'call'; callId: string; event: CallEvent }
  | { type: 'stats'; id: number; stats: MediaStats }
