/** What the main process and the media process say to each other. Structured clones: sound travels as typed arrays. */
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

export type MediaCommand =
  | { type: 'open'; callId: string; offer: string; addresses: readonly string[]; settings: ListeningSettings }
  | { type: 'call'; callId: string; command: CallCommand }

export type CallEvent =
  | { type: 'channel-open' }
  | { type: 'text'; text: string }
  | { type: 'committed'; utterance: Int16Array | null }
  /** The other side has gone; nothing follows. */
  | { type: 'gone'; reason: string }
  | TurnEvent
  | PlayoutEvent

export type MediaReport =
  | { type: 'ready' }
  | { type: 'answered'; callId: string; answer: string }
  | { type: 'refused'; callId: string; reason: string }
  | { type: 'call'; callId: string; event: CallEvent }
