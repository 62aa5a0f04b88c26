/** Brings the learner's sound to 16 kHz, the rate of voice activity detection and recognition. */

export const LISTENING_RATE = 16_000

/** Low-pass for decimation by 3 from 48 kHz: windowed sinc, 7 kHz corner, 63 taps (Blackman). */
const TAPS = lowPass(63, 7_000 / 48_000)

/** A stream converter: keeps the tail of one block for the next. Rates other than 48 kHz and 16 kHz are picked by nearest sample. */
export function createListeningRate(): (samples: Int16Array, sampleRate: number) => Float32Array {
  let history = new Float32Array(TAPS.length - 1)
  return (samples, sampleRate) => {
    const input = Float32Array.from(samples, (sample) => sample / 32_768)
    if (sampleRate === LISTENING_RATE) return input
    if (sampleRate !== LISTENING_RATE * 3) return pickNearest(input, sampleRate)
    const joined = new Float32Array(history.length + input.length)
    joined.set(history)
    joined.set(input, history.length)
    history = joined.slice(joined.length - history.length)
    return Float32Array.from({ length: Math.floor(input.length / 3) }, (_, index) => filteredAt(joined, index * 3))
  }
}

function filteredAt(samples: Float32Array, start: number): number {
  let sum = 0
  for (let tap = 0; tap < TAPS.length; tap += 1) sum += (samples[start + tap] ?? 0) * (TAPS[tap] ?? 0)
  return sum
}

function pickNearest(input: Float32Array, sampleRate: number): Float32Array {
  const step = sampleRate / LISTENING_RATE
  return Float32Array.from(
    { length: Math.floor(input.length / step) },
    (_, index) => input[Math.floor(index * step)] ?? 0,
  )
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
