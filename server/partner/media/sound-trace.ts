/**
 * The last second of a sound, kept so that it can be found again in another: whitened, so that the path it took (a
 * loudspeaker, a room, a codec) matters little, and as energies of bands. 8 kHz is enough for that. Pure.
 */
import { createFourier } from './fourier.ts'

export const TRACE_RATE = 8_000
/** One step of the trace: 16 ms, measured over 32 ms. */
export const HOP = 128
const SIZE = HOP * 2
export const HOPS = 80
export const TRACE_SAMPLES = HOPS * HOP
export const BANDS = 14

/** How much of the level of a frequency is taken away, and the level below which it is noise and stays small. */
const WHITENING = 0.8
const NOISE_LEVEL = 0.02
const LOWEST_HZ = 200
const HIGHEST_HZ = 3_600
const FIRST_BIN = Math.ceil((LOWEST_HZ * SIZE) / TRACE_RATE)
const LAST_BIN = Math.floor((HIGHEST_HZ * SIZE) / TRACE_RATE)
const EDGES = bandEdges()
const SINE_WINDOW = Float64Array.from({ length: SIZE }, (_, index) => Math.sin((Math.PI * (index + 0.5)) / SIZE))
const FOURIER = createFourier(SIZE)

export class SoundTrace {
  /** Oldest first. */
  readonly white = new Float32Array(TRACE_SAMPLES)
  /** Of each hop, oldest first, its BANDS energies. */
  readonly energies = new Float32Array(HOPS * BANDS)
  readonly #recent = new Float32Array(SIZE)
  readonly #overlap = new Float64Array(HOP)
  readonly #real = new Float64Array(SIZE)
  readonly #imaginary = new Float64Array(SIZE)
  readonly #factor: number
  #fresh = 0
  #sum = 0
  #summed = 0

  /** `rate` is a multiple of TRACE_RATE; that many samples make one. */
  constructor(rate: number) {
    this.#factor = rate / TRACE_RATE
  }

  push(samples: Float32Array | Int16Array) {
    const scale = samples instanceof Int16Array ? 1 / 32_768 : 1
    for (let index = 0; index < samples.length; index += 1) {
      this.#sum += (samples[index] ?? 0) * scale
      this.#summed += 1
      if (this.#summed < this.#factor) continue
      this.#recent[HOP + this.#fresh] = this.#sum / this.#factor
      this.#sum = 0
      this.#summed = 0
      this.#fresh += 1
      if (this.#fresh === HOP) this.#step()
    }
  }

  #step() {
    for (let index = 0; index < SIZE; index += 1) {
      this.#real[index] = (this.#recent[index] ?? 0) * (SINE_WINDOW[index] ?? 0)
      this.#imaginary[index] = 0
    }
    FOURIER.forward(this.#real, this.#imaginary)
    this.#keepEnergies()
    this.#keepWhitened()
    this.#recent.copyWithin(0, HOP)
    this.#fresh = 0
  }

  #keepEnergies() {
    this.energies.copyWithin(0, BANDS)
    for (let band = 0; band < BANDS; band += 1) {
      const first = EDGES[band] ?? 0
      const end = EDGES[band + 1] ?? 0
      let sum = 0
      for (let bin = first; bin < end; bin += 1) {
        sum += (this.#real[bin] ?? 0) ** 2 + (this.#imaginary[bin] ?? 0) ** 2
      }
      this.energies[(HOPS - 1) * BANDS + band] = sum / (end - first)
    }
  }

  #keepWhitened() {
    // The upper half of the spectrum mirrors the lower: an inverse of the lower alone has twice the sound in its real part.
    this.#real.fill(0, 0, FIRST_BIN)
    this.#imaginary.fill(0, 0, FIRST_BIN)
    this.#real.fill(0, LAST_BIN + 1)
    this.#imaginary.fill(0, LAST_BIN + 1)
    for (let bin = FIRST_BIN; bin <= LAST_BIN; bin += 1) {
      const real = this.#real[bin] ?? 0
      const imaginary = this.#imaginary[bin] ?? 0
      const gain = 2 * (Math.sqrt(real * real + imaginary * imaginary) + NOISE_LEVEL) ** -WHITENING
      this.#real[bin] = real * gain
      this.#imaginary[bin] = imaginary * gain
    }
    FOURIER.inverse(this.#real, this.#imaginary)
    this.white.copyWithin(0, HOP)
    for (let index = 0; index < HOP; index += 1) {
      const late = (this.#real[HOP + index] ?? 0) * (SINE_WINDOW[HOP + index] ?? 0)
      const early = (this.#real[index] ?? 0) * (SINE_WINDOW[index] ?? 0)
      this.white[TRACE_SAMPLES - HOP + index] = (this.#overlap[index] ?? 0) + early
      this.#overlap[index] = late
    }
  }
}

/** Bins where bands begin, and where the last ends: even on the mel scale. Source: O'Shaughnessy (1987). */
function bandEdges(): number[] {
  const toMel = (hz: number) => 1_127 * Math.log(1 + hz / 700)
  const [low, high] = [toMel(LOWEST_HZ), toMel(HIGHEST_HZ)]
  return Array.from({ length: BANDS + 1 }, (_, edge) => {
    const hz = 700 * (Math.exp((low + ((high - low) * edge) / BANDS) / 1_127) - 1)
    return Math.round((hz * SIZE) / TRACE_RATE)
  })
}
