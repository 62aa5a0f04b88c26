/** One call in the media process: the peer, what it plays, and what it hears. */
import { Listening } from './listening.ts'
import type { CallCommand, CallEvent } from './media-messages.ts'
import type { Pacer } from './pacer.ts'
import { FRAME_SAMPLES, type OpenPeer, type PeerTransport } from './peer-transport.ts'
import { Playout } from './playout.ts'
import type { ListeningSettings } from './turn-detector.ts'
import type { VoiceJudges } from './voice-judges.ts'

/** A peer that never opens its channel is given up. */
const OPENING_LIMIT_MS = 20_000
const SILENCE = new Int16Array(FRAME_SAMPLES)

export interface MediaCallParts {
  openPeer: OpenPeer
  judges: VoiceJudges
  pacer: Pacer
  emit: (event: CallEvent) => void
}

export class MediaCall {
  readonly #parts: MediaCallParts
  readonly #peer: PeerTransport
  readonly #playout: Playout
  readonly #listening: Listening
  readonly #opening: NodeJS.Timeout
  #stopPacing = () => {}
  #isFrozen = false
  #isClosed = false

  constructor(parts: MediaCallParts, addresses: readonly string[], settings: ListeningSettings) {
    this.#parts = parts
    this.#playout = new Playout(parts.emit)
    this.#listening = new Listening(parts.judges, this.#playout, settings, parts.emit)
    this.#opening = setTimeout(() => this.#leave('never-opened'), OPENING_LIMIT_MS)
    this.#peer = parts.openPeer(
      {
        channelOpen: () => {
          clearTimeout(this.#opening)
          parts.emit({ type: 'channel-open' })
        },
        text: (text) => this.#isFrozen || parts.emit({ type: 'text', text }),
        audio: (samples, sampleRate) => {
          if (!this.#isClosed && !this.#isFrozen) this.#listening.heard(samples, sampleRate)
        },
        gone: (reason) => this.#leave(reason),
      },
      addresses,
    )
  }

  async answer(offer: string): Promise<string> {
    const answer = await this.#peer.answer(offer)
    if (this.#isClosed) throw new Error('The call ended before it was answered')
    this.#stopPacing = this.#parts.pacer.add(() => this.#sound())
    return answer
  }

  do(command: CallCommand) {
    switch (command.type) {
      case 'send':
        return this.#isFrozen ? undefined : this.#peer.sendText(command.text)
      case 'play':
        return this.#playout.play(command.responseId, command.itemId, command.pcm)
      case 'play-end':
        return this.#playout.end(command.responseId)
      case 'stop-playing':
        return this.#playout.stop()
      case 'listen':
        return this.#listening.listen(command.settings)
      case 'commit':
        return this.#listening.commit((utterance) => this.#parts.emit({ type: 'committed', utterance }))
      case 'clear-input':
        return this.#listening.clear()
      case 'close':
        return this.close()
      case 'close-channel':
        return this.#peer.closeChannel()
      case 'vanish':
        this.#freeze()
        return this.#peer.vanish()
      case 'freeze':
        return this.#freeze()
    }
  }

  /** Stops sending, then closes. */
  close() {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#opening)
    this.#stopPacing()
    this.#peer.close()
    this.#listening.release()
  }

  #sound() {
    const frame = this.#playout.nextFrame()
    this.#peer.sendFrame(frame ?? SILENCE)
    this.#listening.played(frame)
  }

  #freeze() {
    this.#isFrozen = true
    this.#stopPacing()
  }

  #leave(reason: string) {
    if (this.#isClosed) return
    this.close()
    this.#parts.emit({ type: 'gone', reason })
  }
}
