/** Foretells when a line will be free, from how long calls have lasted lately. */

export interface Capacity {
  callEnded(durationMs: number): void
  /** When one of so many calls is likely to end, in whole seconds. */
  secondsUntilFree(callCount: number): number
}

const REMEMBERED = 50
/** Before any call has ended: a practice talk's usual length. */
const USUAL_MS = 8 * 60_000
const LONGEST_WAIT_SECONDS = 60

export function createCapacity(mostCalls: number): Capacity {
  const durations: number[] = []
  return {
    callEnded(durationMs) {
      durations.push(durationMs)
      if (durations.length > REMEMBERED) durations.shift()
    },
    secondsUntilFree(callCount) {
      const sum = durations.reduce((total, duration) => total + duration, 0)
      const meanMs = durations.length === 0 ? USUAL_MS : sum / durations.length
      // Calls that began at any time end, one after the other, at even distances.
      const seconds = Math.ceil(meanMs / 1_000 / Math.max(1, Math.min(callCount, mostCalls)))
      return Math.max(1, Math.min(seconds, LONGEST_WAIT_SECONDS))
    },
  }
}
