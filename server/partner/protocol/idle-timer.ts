/** Counts the learner's silence after the partner's words, on the clock of the sound that came from him. */
export interface IdleParts {
  nowMs: () => number
  schedule: (delayMs: number, work: () => void) => () => void
  /** The learner stayed silent for so long: from and to, in ms of his sound. */
  elapsed: (startMs: number, endMs: number) => void
}

export class IdleTimer {
  readonly #parts: IdleParts
  #audioZeroMs: number
  #cancel = () => {}

  constructor(parts: IdleParts) {
    this.#parts = parts
    this.#audioZeroMs = parts.nowMs()
  }

  /** The learner's sound has come to `audioMs` by now. */
  setClock(audioMs: number) {
    this.#audioZeroMs = this.#parts.nowMs() - audioMs
  }

  start(timeoutMs: number) {
    this.stop()
    const startMs = Math.max(0, Math.round(this.#parts.nowMs() - this.#audioZeroMs))
    this.#cancel = this.#parts.schedule(timeoutMs, () => this.#parts.elapsed(startMs, startMs + timeoutMs))
  }

  stop() {
    this.#cancel()
    this.#cancel = () => {}
  }
}
