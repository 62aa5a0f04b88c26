/** Finds the latest sound of one trace in another: by how much later it came, and how much of it is the same. Pure. */
import { createFourier } from './fourier.ts'
import { TRACE_RATE, TRACE_SAMPLES, type SoundTrace } from './sound-trace.ts'

/** Of the sound that was heard, so much is looked for. */
const PATTERN_SAMPLES = 0.128 * TRACE_RATE
/** Up to this delay: network and buffers both ways, and a wireless loudspeaker. */
const LONGEST_SAMPLES = TRACE_SAMPLES - PATTERN_SAMPLES
const SIZE = 16_384
const FOURIER = createFourier(SIZE)

export interface FoundEcho {
  /** In samples at TRACE_RATE. */
  delay: number
  /** Correlation, 0 to 1: 1 is nothing but the other sound. */
  likeness: number
}

/** The best match of the last 128 ms of `heard` within the last 1.2 s of `played`. */
export function findEcho(heard: SoundTrace, played: SoundTrace): FoundEcho {
  const pattern = heard.white.subarray(TRACE_SAMPLES - PATTERN_SAMPLES)
  const matches = correlate(pattern, played.white)
  const patternEnergy = energyOf(pattern)
  let energy = energyOf(played.white.subarray(0, PATTERN_SAMPLES))
  let best: FoundEcho = { delay: 0, likeness: 0 }
  for (let start = 0; start <= LONGEST_SAMPLES; start += 1) {
    const likeness = Math.abs(matches[start] ?? 0) / Math.sqrt(patternEnergy * energy + 1e-6)
    if (likeness > best.likeness) best = { delay: LONGEST_SAMPLES - start, likeness }
    energy += (played.white[start + PATTERN_SAMPLES] ?? 0) ** 2 - (played.white[start] ?? 0) ** 2
  }
  return best
}

/** Of each place in `sound` the product with the pattern there, all at once, by way of their spectra. */
function correlate(pattern: Float32Array, sound: Float32Array): Float64Array {
  const [soundReal, soundImaginary] = spectrumOf(sound)
  const [patternReal, patternImaginary] = spectrumOf(pattern)
  for (let bin = 0; bin < SIZE; bin += 1) {
    const a = soundReal[bin] ?? 0
    const b = soundImaginary[bin] ?? 0
    const c = patternReal[bin] ?? 0
    const d = patternImaginary[bin] ?? 0
    soundReal[bin] = a * c + b * d
    soundImaginary[bin] = b * c - a * d
  }
  FOURIER.inverse(soundReal, soundImaginary)
  return soundReal
}

function spectrumOf(samples: Float32Array): [Float64Array, Float64Array] {
  const real = new Float64Array(SIZE)
  const imaginary = new Float64Array(SIZE)
  real.set(samples)
  FOURIER.forward(real, imaginary)
  return [real, imaginary]
}

function energyOf(samples: Float32Array): number {
  let sum = 0
  for (let index = 0; index < samples.length; index += 1) sum += (samples[index] ?? 0) ** 2
  return sum
}
