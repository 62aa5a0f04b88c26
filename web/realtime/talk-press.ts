/**
 * One button, two ways to hold a turn: keep it pressed while speaking, or press once to begin and once more to finish,
 * for whoever cannot hold. Which one it is shows when the first press ends.
 */

/** A press shorter than this was a tap. */
const tapMs = 350

export interface TalkPressEvents {
  /** False where there is nobody to talk to now. */
  onPress: () => boolean
  onRelease: () => void
}

export class TalkPress {
  readonly #events: TalkPressEvents
  #state: 'idle' | 'held' | 'latched' | 'ending' = 'idle'
  #downAtMs = 0

  constructor(events: TalkPressEvents) {
    this.#events = events
  }

  down(atMs: number): void {
    if (this.#state === 'idle' && this.#events.onPress()) {
      this.#state = 'held'
      this.#downAtMs = atMs
    } else if (this.#state === 'latched') {
      this.#state = 'ending'
      this.#events.onRelease()
    }
  }

  up(atMs: number): void {
    if (this.#state === 'held' && atMs - this.#downAtMs < tapMs) this.#state = 'latched'
    else this.cancel()
  }

  /** A press without a length, as a screen reader or the Enter key makes it. */
  tap(): void {
    if (this.#state === 'idle' && this.#events.onPress()) this.#state = 'latched'
    else this.cancel()
  }

  /** The hand was taken away by something else: what was said so far counts. */
  cancel(): void {
    const wasOpen = this.#state === 'held' || this.#state === 'latched'
    this.#state = 'idle'
    if (wasOpen) this.#events.onRelease()
  }
}
