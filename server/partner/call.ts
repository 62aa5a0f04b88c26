/** One call: joins the protocol core to the media process, and ends when either side has gone. */
import { randomBytes } from 'node:crypto'
import type { CallCommand, CallEvent } from './media/media-messages.ts'
import type { HeardWords, PartnerMind } from './protocol/partner-mind.ts'
import { RealtimeSession } from './protocol/realtime-session.ts'
import type { ListeningSettings } from './media/turn-detector.ts'
import type { SessionConfig, TurnSettings } from './session/session-config.ts'

export interface CallParts {
  command: (command: CallCommand) => void
  mind: PartnerMind
  config: SessionConfig
  /** Called once when the call is over. */
  ended: (reason: string) => void
}

/** Source: OpenAI Realtime API, longest session. */
const LONGEST_CALL_MS = 60 * 60_000
const LISTENING_RATE = 16_000

export class Call {
  readonly #parts: CallParts
  readonly #session: RealtimeSession
  readonly #expiry: NodeJS.Timeout
  #heard: Promise<HeardWords> | null = null
  #committing: ((utterance: Int16Array | null) => void)[] = []
  #isOver = false

  constructor(parts: CallParts) {
    this.#parts = parts
    this.#expiry = setTimeout(() => this.#expire(), LONGEST_CALL_MS)
    this.#session = new RealtimeSession(
      {
        send: (event) => parts.command({ type: 'send', text: JSON.stringify(event) }),
        play: (responseId, itemId, pcm) => parts.command({ type: 'play', responseId, itemId, pcm }),
        endPlaying: (responseId) => parts.command({ type: 'play-end', responseId }),
        stopPlaying: () => parts.command({ type: 'stop-playing' }),
        listen: (settings) => parts.command({ type: 'listen', settings: toListeningSettings(settings) }),
        commitInput: () => this.#commitInput(),
        clearInput: () => parts.command({ type: 'clear-input' }),
        newId,
      },
      parts.mind,
      parts.config,
    )
  }

  /** What the media process reports of this call. */
  take(event: CallEvent) {
    if (this.#isOver) return
    switch (event.type) {
      case 'channel-open':
        return this.#session.start()
      case 'text':
        return void this.#session.receive(event.text)
      case 'speech-started':
        return this.#session.speechStarted(event.atMs)
      case 'speech-paused':
        // Recognised while the pause goes on: the answer is there when the turn is over.
        this.#heard = this.#parts.mind.hear(event.utterance)
        return
      case 'speech-resumed':
        this.#heard = null
        return
      case 'speech-stopped': {
        const heard = this.#heard ?? this.#parts.mind.hear(event.utterance)
        this.#heard = null
        return this.#session.speechStopped(event.atMs, heard, event.utterance.length / LISTENING_RATE)
      }
      case 'committed':
        this.#heard = null
        return this.#committing.shift()?.(event.utterance)
      case 'playing-started':
        return this.#session.playingStarted(event.responseId)
      case 'playing-drained':
        return this.#session.playingDrained(event.responseId)
      case 'playing-stopped':
        return this.#session.playingStopped(event.responseId, event.itemId, event.playedMs)
      case 'gone':
        return this.#end(event.reason)
    }
  }

  hangUp() {
    if (this.#isOver) return
    this.#parts.command({ type: 'close' })
    this.#end('hung-up')
  }

  #commitInput(): Promise<Int16Array | null> {
    const { promise, resolve } = Promise.withResolvers<Int16Array | null>()
    this.#committing.push(resolve)
    this.#parts.command({ type: 'commit' })
    return promise
  }

  #expire() {
    this.#session.expire()
    this.hangUp()
  }

  #end(reason: string) {
    this.#isOver = true
    clearTimeout(this.#expiry)
    for (const settle of this.#committing) settle(null)
    this.#parts.ended(reason)
  }
}

/** Ids in the form of the API: a prefix and random letters. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(15).toString('base64url')}`
}

/** What of a session's turn settings the media process acts on. */
export function toListeningSettings(settings: TurnSettings): ListeningSettings {
  const { silenceMs, threshold, prefixPaddingMs, interruptsResponse } = settings
  return { silenceMs, threshold, prefixPaddingMs, interruptsResponse }
}
