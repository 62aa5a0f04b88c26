import type { TimeSpan } from './recording-time.ts'

/** More marks than this on one waveform are noise. */
const mostMarks = 32
const thresholdsMs = [250, 500, 1_000, 2_000]

export interface PauseMarks {
  pauses: readonly TimeSpan[]
  /** Shorter ones are left out. */
  thresholdMs: number
}

/** All pauses, or of very many the longer ones. */
export function choosePauseMarks(pauses: readonly TimeSpan[]): PauseMarks {
  const choices = thresholdsMs.map((thresholdMs) => ({
    pauses: pauses.filter(({ startMs, endMs }) => endMs - startMs >= thresholdMs),
    thresholdMs,
  }))
  return choices.find((choice) => choice.pauses.length <= mostMarks) ?? choices.at(-1) ?? { pauses, thresholdMs: 0 }
}
