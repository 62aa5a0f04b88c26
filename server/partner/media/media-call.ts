/** One call in the media process: the peer, what it plays, and what it hears. */
import { createListeningRate } from './listening-rate.ts'
import type { CallCommand, CallEvent } from './media-messages.ts'
import type { Pacer } from './pacer.ts'
import { FRAME_SAMPLES, type OpenPeer, type PeerTransport } from './peer-transport.ts'
import { Playout } from './playout.ts'
import { TurnDetector, type ListeningSettings } from './turn-detector.ts'
import { WINDOW_SAMPLES, type VoiceActivity, type VoiceActivityPool } from './voice-activity.ts'

/** A peer that never opens its channel is given up. */
const OPENING_LIMIT_MS = 20_000
const SILENCE = new Int16Array(FRAME_SAMPLES)

export interface MediaCallParts {
  openPeer: OpenPeer
  activities: VoiceActivityPool
  pacer: Pacer
  emit: (event: CallEvent) => void
}

export class MediaCall {
  readonly #parts: MediaCallParts
  readonly #peer: PeerTransport
  readonly #playout: Playout
  readonly #turns: TurnDetector
  readonly #toListeningRate = createListeningRate()
  readonly #opening: NodeJS.Timeout
  #activity: VoiceActivity
  #threshold: number
  #unheard = new Float32Array(0)
  #stopPacing = () => {}
  #isClosed = false

  constructor(parts: MediaCallParts, addresses: readonly string[], settings: ListeningSettings) {
    this.#parts = parts
    this.#playout = new Playout(parts.emit)
    this.#turns = new TurnDetector(settings, parts.emit)
    this.#threshold = settings.threshold
    this.#activity = parts.activities.take(settings.threshold)
    this.#opening = setTimeout(() => this.#leave('never-opened'), OPENING_LIMIT_MS)
    this.#peer = parts.openPeer(
      {
        channelOpen: () => {
          clearTimeout(this.#opening)
          parts.emit({ type: 'channel-open' })
        },
        text: (text) => parts.emit({ type: 'text', text }),
        audio: (samples, sampleRate) => this.#hear(samples, sampleRate),
        gone: (reason) => this.#leave(reason),
      },
      addresses,
    )
  }

  async answer(offer: string): Promise<string> {
    const answer = await this.#peer.answer(offer)
    if (this.#isClosed) throw new Error('The call ended before it was answered')
    this.#stopPacing = this.#parts.pacer.add(() => this.#peer.sendFrame(this.#playout.nextFrame() ?? SILENCE))
    return answer
  }

  do(command: CallCommand) {
    switch (command.type) {
      case 'send':
        return this.#peer.sendText(command.text)
      case 'play':
        return this.#playout.play(command.responseId, command.itemId, command.pcm)
      case 'play-end':
        return this.#playout.end(command.responseId)
      case 'stop-playing':
        return this.#playout.stop()
      case 'listen':
        return this.#listen(command.settings)
      case 'commit':
        return this.#parts.emit({ type: 'committed', utterance: this.#turns.commit() })
      case 'clear-input':
        return this.#turns.clear()
      case 'close':
        return this.close()
    }
  }

  /** Stops sending, then closes. */
  close() {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#opening)
    this.#stopPacing()
    this.#peer.close()
    this.#activity.release()
  }

  #leave(reason: string) {
    if (this.#isClosed) return
    this.close()
    this.#parts.emit({ type: 'gone', reason })
  }

  #listen(settings: ListeningSettings) {
    if (settings.threshold !== this.#threshold) {
      this.#threshold = settings.threshold
      this.#activity.release()
      this.#activity = this.#parts.activities.take(settings.threshold)
    }
    this.#turns.listen(settings)
  }

  #hear(samples: Int16Array, sampleRate: number) {
    if (this.#isClosed) return
    const fresh = this.#toListeningRate(samples, sampleRate)
    const joined = new Float32Array(this.#unheard.length + fresh.length)
    joined.set(this.#unheard)
    joined.set(fresh, this.#unheard.length)
    let start = 0
    for (; start + WINDOW_SAMPLES <= joined.length; start += WINDOW_SAMPLES) {
      const window = joined.slice(start, start + WINDOW_SAMPLES)
      this.#turns.push(window, this.#activity.isSpeech(window))
    }
    this.#unheard = joined.slice(start)
  }
}
