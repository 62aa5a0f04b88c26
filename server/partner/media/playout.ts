/** What the partner is about to say: a queue of sound, handed out in frames, that knows which response is heard. Pure. */
import { FRAME_SAMPLES, PLAYOUT_RATE } from './peer-transport.ts'

export type PlayoutEvent =
  | { type: 'playing-started'; responseId: string }
  /** Everything queued was handed out and the response is complete. */
  | { type: 'playing-drained'; responseId: string }
  /** Playing was stopped; the ms of the item's own sound that were handed out. */
  | { type: 'playing-stopped'; responseId: string; itemId: string; playedMs: number }

interface Chunk {
  itemId: string
  pcm: Int16Array
  offset: number
}

export class Playout {
  readonly #emit: (event: PlayoutEvent) => void
  #responseId: string | null = null
  #chunks: Chunk[] = []
  #isEnded = false
  #hasStarted = false
  #itemId = ''
  #itemSamples = 0

  constructor(emit: (event: PlayoutEvent) => void) {
    this.#emit = emit
  }

  /** Appends sound. Sound of another response is taken only once the one before has drained or was stopped: see `end`. */
  play(responseId: string, itemId: string, pcm: Int16Array) {
    if (this.#responseId !== responseId) this.#begin(responseId)
    this.#isEnded = false
    this.#chunks.push({ itemId, pcm, offset: 0 })
  }

  /** No more sound comes for this response. */
  end(responseId: string) {
    if (this.#responseId !== responseId) return
    this.#isEnded = true
    if (!this.#hasStarted && this.#chunks.length === 0) this.#finish()
  }

  /** Falls silent at once. */
  stop() {
    const responseId = this.#responseId
    if (responseId === null) return
    const stopped = {
      itemId: this.#itemId || (this.#chunks[0]?.itemId ?? ''),
      playedMs: Math.round((this.#itemSamples * 1_000) / PLAYOUT_RATE),
    }
    this.#reset()
    this.#emit({ type: 'playing-stopped', responseId, ...stopped })
  }

  /** The next frame; null means silence. */
  nextFrame(): Int16Array | null {
    const responseId = this.#responseId
    if (responseId === null) return null
    if (this.#chunks.length === 0) {
      if (this.#isEnded) this.#finish()
      return null
    }
    if (!this.#hasStarted) {
      this.#hasStarted = true
      this.#emit({ type: 'playing-started', responseId })
    }
    return this.#takeFrame()
  }

  #takeFrame(): Int16Array {
    const frame = new Int16Array(FRAME_SAMPLES)
    let filled = 0
    while (filled < FRAME_SAMPLES) {
      const chunk = this.#chunks[0]
      if (!chunk) break
      const part = chunk.pcm.subarray(chunk.offset, chunk.offset + FRAME_SAMPLES - filled)
      frame.set(part, filled)
      filled += part.length
      chunk.offset += part.length
      this.#count(chunk.itemId, part.length)
      if (chunk.offset >= chunk.pcm.length) this.#chunks.shift()
    }
    return frame
  }

  #count(itemId: string, samples: number) {
    if (itemId !== this.#itemId) {
      this.#itemId = itemId
      this.#itemSamples = 0
    }
    this.#itemSamples += samples
  }

  #begin(responseId: string) {
    this.#reset()
    this.#responseId = responseId
  }

  #finish() {
    const responseId = this.#responseId
    this.#reset()
    if (responseId !== null) this.#emit({ type: 'playing-drained', responseId })
  }

  #reset() {
    this.#responseId = null
    this.#chunks = []
    this.#isEnded = false
    this.#hasStarted = false
    this.#itemId = ''
    this.#itemSamples = 0
  }
}
