/** Tells a microphone that gives no sound from a learner who thinks: by how long its level has not moved while words are due. */

/** Louder than the noise of a quiet room. */
const heardLevel = 0.2
const movingLevel = 0.02
/** A microphone that was heard before is trusted for longer. */
const neverHeardMs = 15_000
const heardBeforeMs = 45_000
/** What lies between two readings that a sleeping page took far apart, nobody heard. */
const longestStepMs = 1_000

export class SilenceWatch {
  #stillMs = 0
  #wasHeard = false
  #lastMs: number | null = null

  /** A reading of the level; `isDue` while the learner is expected to speak. Gives whether the microphone seems dead. */
  read(level: number, isDue: boolean, atMs: number): boolean {
    if (level >= heardLevel) this.#wasHeard = true
    if (level > movingLevel) this.#stillMs = 0
    else if (isDue && this.#lastMs !== null) this.#stillMs += Math.min(longestStepMs, atMs - this.#lastMs)
    this.#lastMs = atMs
    return this.#stillMs >= (this.#wasHeard ? heardBeforeMs : neverHeardMs)
  }

  /** Another microphone. */
  reset(): void {
    this.#stillMs = 0
    this.#wasHeard = false
    this.#lastMs = null
  }
}
