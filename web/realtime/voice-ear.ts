/** Whether a voice was heard while something was recorded. */

/** Louder than the noise of a quiet room; as in `silence-watch`. */
const heardLevel = 0.2
/** A cough is shorter than the shortest answer. */
const heardMs = 300
/** What lies between two readings that a sleeping page took far apart, nobody heard. */
const longestStepMs = 500

export class VoiceEar {
  #loudMs = 0
  #lastMs: number | null = null

  /** A level of 0 to 1, and when it was read. */
  read(level: number, atMs: number): void {
    if (level >= heardLevel && this.#lastMs !== null) this.#loudMs += Math.min(longestStepMs, atMs - this.#lastMs)
    this.#lastMs = atMs
  }

  get isHeard(): boolean {
    return this.#loudMs >= heardMs
  }
}
