/** What the API gives as peaks, as the drawing library wants it. */

/** The API's full scale. */
const fullScale = 255
/** A recording whose loudest moment is quieter than this is drawn as the quiet recording that it is. */
const leastFullHeight = 48

/** One channel of 0 to 1: the loudest moment fills the height. */
export function toWavePeaks(peaks: readonly number[]): Float32Array {
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), leastFullHeight)
  return Float32Array.from(peaks, (peak) => Math.min(fullScale, Math.max(0, peak)) / Math.min(fullScale, loudest))
}
