/**
 * What the partner is about to say: a queue of sound, handed out in frames, that knows which response is heard. It can be
 * held, and then goes on where it was. Pure.
 */
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

/** How far back a held sentence may be taken up, to the quietest frame there: rather a syllable twice than half a one. */
const MOST_FRAMES_BACK = 30

export class Playout {
  readonly #emit: (event: PlayoutEvent) => void
  #responseId: string | null = null
  #chunks: Chunk[] = []
  #isEnded = false
  #hasStarted = false
  #itemId = ''
  #itemSamples = 0
  #flow: 'playing' | 'fading-out' | 'held' | 'fading-in' = 'playing'

  constructor(emit: (event: PlayoutEvent) => void) {
    this.#emit = emit
  }

  /** Sound has begun, and there is more of this response to come. */
  get isSounding(): boolean {
    return this.#hasStarted
  }

  get isHeld(): boolean {
    return this.#flow === 'held' || this.#flow === 'fading-out'
  }

  /** Ms until the response has been said; null while more of it is being made. */
  get remainingMs(): number | null {
    if (!this.#isEnded) return null
    const samples = this.#chunks.reduce((sum, chunk) => sum + chunk.pcm.length - chunk.offset, 0)
    return (samples * 1_000) / PLAYOUT_RATE
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

  /** Falls silent within a frame, and keeps its place. */
  hold() {
    if (!this.isHeld) this.#flow = this.#chunks.length > 0 ? 'fading-out' : 'held'
  }

  /** Goes on after `hold`, from the quietest spot shortly before. */
  resume() {
    if (this.#flow === 'held') this.#stepBack()
    if (this.isHeld) this.#flow = 'fading-in'
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
    if (responseId === null || this.#flow === 'held') return null
    if (this.#chunks.length === 0) {
      if (this.#isEnded) this.#finish()
      return null
    }
    if (!this.#hasStarted) {
      this.#hasStarted = true
      this.#emit({ type: 'playing-started', responseId })
    }
    const frame = this.#takeFrame()
    if (this.#flow === 'fading-out') {
      fade(frame, (share) => 1 - share)
      this.#flow = 'held'
    } else if (this.#flow === 'fading-in') {
      fade(frame, (share) => share)
      this.#flow = 'playing'
    }
    return frame
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

  #stepBack() {
    const chunk = this.#chunks[0]
    if (!chunk) return
    let [back, quietest] = [0, Infinity]
    for (let frames = 1; frames <= MOST_FRAMES_BACK; frames += 1) {
      const start = chunk.offset - frames * FRAME_SAMPLES
      if (start < 0) break
      const energy = energyOf(chunk.pcm.subarray(start, start + FRAME_SAMPLES))
      if (energy < quietest) [back, quietest] = [frames * FRAME_SAMPLES, energy]
    }
    chunk.offset -= back
    this.#itemSamples -= back
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
    this.#flow = 'playing'
  }
}

/** Over the whole frame: an edge in the middle of a wave is heard as a click. */
function fade(frame: Int16Array, gain: (share: number) => number) {
  for (let index = 0; index < frame.length; index += 1) {
    frame[index] = Math.round((frame[index] ?? 0) * gain((index + 1) / frame.length))
  }
}

function energyOf(samples: Int16Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0)
}
