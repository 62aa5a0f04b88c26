/** How loud a speaker was, moment by moment: what pauses are read from. Made from audio elsewhere; here is its shape alone. */

/** One stretch of sound without a gap. A session has one per recorded part. */
export interface SpeechEnvelope {
  /** Of the first frame, from the start of the session; may lie before it (negative). */
  startMs: number
  /** A frame per 10 ms: its level, root mean square, 0.5 dB a step: 0 is -100 dBFS or less, 200 is 0 dBFS. */
  levels: Uint8Array
}

/** The length of one frame. */
export const frameMs = 10

/** What a step of a level is worth. */
export function toDecibels(level: number): number {
  return level / 2 - 100
}

/** The level that stands for a loudness in dBFS. */
export function toLevel(decibels: number): number {
  return Math.max(0, Math.min(200, Math.round((decibels + 100) * 2)))
}
