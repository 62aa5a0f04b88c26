/** Whose sound is handed out: one response after the other, as their sound is made faster than it is heard. */
import type { ResponseRun } from './response-run.ts'

export interface SoundQueueParts {
  play: (responseId: string, itemId: string, pcm: Int16Array) => void
  endPlaying: (responseId: string) => void
}

interface Waiting {
  run: ResponseRun
  itemId: string
  handOut: () => void
}

export class SoundQueue {
  readonly #parts: SoundQueueParts
  #sounding: ResponseRun | null = null
  #waiting: Waiting[] = []

  constructor(parts: SoundQueueParts) {
    this.#parts = parts
  }

  /** The response whose sound was handed out and has not ended. */
  get sounding(): ResponseRun | null {
    return this.#sounding
  }

  play(run: ResponseRun, itemId: string, pcm: Int16Array) {
    this.#sounding ??= run
    this.#do(run, itemId, () => this.#parts.play(run.id, itemId, pcm))
  }

  end(run: ResponseRun) {
    if (run.sound !== 'none') this.#do(run, '', () => this.#parts.endPlaying(run.id))
  }

  /** All that was handed out has been heard, or was stopped: the next may be. */
  over() {
    if (this.#sounding) this.#sounding.sound = 'over'
    this.#sounding = this.#waiting[0]?.run ?? null
    const ready = this.#waiting.filter(({ run }) => run === this.#sounding)
    this.#waiting = this.#waiting.filter(({ run }) => run !== this.#sounding)
    for (const { handOut } of ready) handOut()
  }

  /** Forgets what waits: the items whose sound nobody will hear. */
  dropWaiting(): { run: ResponseRun; itemId: string }[] {
    const dropped = new Map(this.#waiting.flatMap(({ run, itemId }) => (itemId === '' ? [] : [[itemId, run]])))
    this.#waiting = []
    return [...dropped].map(([itemId, run]) => {
      run.sound = 'over'
      return { run, itemId }
    })
  }

  #do(run: ResponseRun, itemId: string, handOut: () => void) {
    if (run === this.#sounding) handOut()
    else if (run.sound !== 'over') this.#waiting.push({ run, itemId, handOut })
  }
}
