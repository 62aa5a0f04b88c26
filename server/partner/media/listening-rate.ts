/** Brings the learner's sound to 16 kHz, the rate of voice activity detection and recognition. */

export const LISTENING_RATE = 16_000

/** Low-pass for decimation by 3 from 48 kHz: windowed sinc, 7 kHz corner, 63 taps (Blackman). */
const TAPS = lowPass(63, 7_000 / 48_000)
const KEPT = TAPS.length - 1

/** A stream converter: keeps the tail of one block for the next. Rates other than 48 kHz and 16 kHz are picked by nearest sample. */
export function createListeningRate(): (samples: Int16Array, sampleRate: number) => Float32Array {
  let joined = new Float32Array(KEPT)
  return (samples, sampleRate) => {
    if (sampleRate !== LISTENING_RATE * 3) return pickNearest(samples, sampleRate / LISTENING_RATE)
    const length = KEPT + samples.length
    const tail = joined.subarray(joined.length - KEPT)
    if (joined.length === length) joined.copyWithin(0, length - KEPT)
    else {
      const resized = new Float32Array(length)
      resized.set(tail)
      joined = resized
    }
    for (let index = 0; index < samples.length; index += 1) joined[KEPT + index] = (samples[index] ?? 0) / 32_768
    const output = new Float32Array(Math.floor(samples.length / 3))
    for (let index = 0; index < output.length; index += 1) output[index] = filteredAt(joined, index * 3)
    return output
  }
}

/** The filter is symmetric: each pair of samples meets one tap. */
function filteredAt(samples: Float32Array, start: number): number {
  const middle = KEPT / 2
  let sum = (samples[start + middle] ?? 0) * (TAPS[middle] ?? 0)
  for (let tap = 0; tap < middle; tap += 1) {
    sum += ((samples[start + tap] ?? 0) + (samples[start + KEPT - tap] ?? 0)) * (TAPS[tap] ?? 0)
  }
  return sum
}

function pickNearest(samples: Int16Array, step: number): Float32Array {
  const output = new Float32Array(Math.floor(samples.length / step))
  for (let index = 0; index < output.length; index += 1)
    output[index] = (samples[Math.floor(index * step)] ?? 0) / 32_768
  return output
}

function lowPass(length: number, corner: number): Float32Array {
  const middle = (length - 1) / 2
  const taps = Float32Array.from({ length }, (_, index) => {
    const x = index - middle
    const sinc = x === 0 ? 2 * corner : Math.sin(2 * Math.PI * corner * x) / (Math.PI * x)
    const turn = (2 * Math.PI * index) / (length - 1)
    return sinc * (0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn))
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}
