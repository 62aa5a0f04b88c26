/** Where in a recording speech begins: what comes before would be counted as a slow reaction to it. */

const FRAME = 160
const LEAST_SHARE = 0.25
const SUSTAINED_FRAMES = 5

/** The recording (16 kHz) from the first 50 ms that keep a quarter of its loudness: a click or a breath is no speech yet. */
export function fromOnset(pcm: Int16Array): Int16Array {
  const levels = Array.from({ length: Math.floor(pcm.length / FRAME) }, (_, index) =>
    loudnessOf(pcm.subarray(index * FRAME, (index + 1) * FRAME)),
  )
  const least = loudnessOf(pcm) * LEAST_SHARE
  const onset = levels.findIndex((_, index) =>
    levels.slice(index, index + SUSTAINED_FRAMES).every((level) => level > least),
  )
  return pcm.subarray(Math.max(0, onset) * FRAME)
}

/** RMS, 0 to 1. */
export function loudnessOf(pcm: Int16Array): number {
  let sum = 0
  for (const sample of pcm) sum += (sample / 32_768) ** 2
  return Math.sqrt(sum / Math.max(1, pcm.length))
}
