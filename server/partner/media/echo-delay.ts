/** Finds the latest sound of one trace in another: by how much later it came, and how much of it is the same. Pure. */
import { createFourier } from './fourier.ts'
import { TRACE_RATE, TRACE_SAMPLES, type SoundTrace } from './sound-trace.ts'

/** Of the sound that was heard, so much is looked for. */
const PATTERN_SAMPLES = 0.128 * TRACE_RATE
/** Up to this delay: network and buffers both ways, and a wireless loudspeaker. */
const LONGEST_SAMPLES = TRACE_SAMPLES - PATTERN_SAMPLES
/** Places of the pattern within one block: beyond them it would meet the block's beginning again (overlap-save). */
const BLOCK = 4_096
const BLOCK_PLACES = BLOCK - PATTERN_SAMPLES + 1
const BLOCKS = Math.ceil((LONGEST_SAMPLES + 1) / BLOCK_PLACES)
const FOURIER = createFourier(BLOCK)

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

/** Of each place in `sound` up to LONGEST_SAMPLES the product with the pattern there: in blocks, by way of their spectra. */
function correlate(pattern: Float32Array, sound: Float32Array): Float64Array {
  const products = new Float64Array(BLOCKS * BLOCK_PLACES)
  const [real, imaginary] = spectrumOf(pattern)
  for (let block = 0; block < BLOCKS; block += 2) {
    // The pattern is real: two blocks go through as one complex sound without touching each other.
    const [one, other] = spectrumOf(blockOf(sound, block), blockOf(sound, block + 1))
    for (let bin = 0; bin < BLOCK; bin += 1) {
      const a = one[bin] ?? 0
      const b = other[bin] ?? 0
      const c = real[bin] ?? 0
      const d = imaginary[bin] ?? 0
      one[bin] = a * c + b * d
      other[bin] = b * c - a * d
    }
    FOURIER.inverse(one, other)
    products.set(one.subarray(0, BLOCK_PLACES), block * BLOCK_PLACES)
    if (block + 1 < BLOCKS) products.set(other.subarray(0, BLOCK_PLACES), (block + 1) * BLOCK_PLACES)
  }
  return products
}

function blockOf(sound: Float32Array, block: number): Float32Array {
  return sound.subarray(block * BLOCK_PLACES, block * BLOCK_PLACES + BLOCK)
}

function spectrumOf(samples: Float32Array, others?: Float32Array): [Float64Array, Float64Array] {
  const real = new Float64Array(BLOCK)
  const imaginary = new Float64Array(BLOCK)
  real.set(samples)
  if (others) imaginary.set(others)
  FOURIER.forward(real, imaginary)
  return [real, imaginary]
}

function energyOf(samples: Float32Array): number {
  let sum = 0
  for (let index = 0; index < samples.length; index += 1) sum += (samples[index] ?? 0) ** 2
  return sum
}
