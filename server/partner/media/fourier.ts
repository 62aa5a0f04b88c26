/** The discrete Fourier transform. Pure. Source: Cooley & Tukey (1965), radix 2, decimation in time. */

export interface Fourier {
  /** In place, without scaling. */
  forward(real: Float64Array, imaginary: Float64Array): void
  /** In place, scaled: undoes `forward`. */
  inverse(real: Float64Array, imaginary: Float64Array): void
}

/** For arrays of `size` numbers, a power of two. */
export function createFourier(size: number): Fourier {
  const cosines = Float64Array.from({ length: size / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / size))
  const sines = Float64Array.from({ length: size / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / size))
  const reversed = reversedIndexes(size)
  const forward = (real: Float64Array, imaginary: Float64Array) => {
    reorder(real, reversed)
    reorder(imaginary, reversed)
    for (let half = 1; half < size; half *= 2) {
      const step = size / (half * 2)
      for (let start = 0; start < size; start += half * 2) {
        for (let index = 0; index < half; index += 1) {
          // Not destructured: this is the innermost loop of what listens in each call.
          const low = start + index
          const high = low + half
          const cosine = cosines[index * step] ?? 0
          const sine = sines[index * step] ?? 0
          const a = (real[high] ?? 0) * cosine - (imaginary[high] ?? 0) * sine
          const b = (real[high] ?? 0) * sine + (imaginary[high] ?? 0) * cosine
          real[high] = (real[low] ?? 0) - a
          imaginary[high] = (imaginary[low] ?? 0) - b
          real[low] = (real[low] ?? 0) + a
          imaginary[low] = (imaginary[low] ?? 0) + b
        }
      }
    }
  }
  return {
    forward,
    inverse(real, imaginary) {
      forward(imaginary, real)
      for (let index = 0; index < size; index += 1) {
        real[index] = (real[index] ?? 0) / size
        imaginary[index] = (imaginary[index] ?? 0) / size
      }
    },
  }
}

function reorder(values: Float64Array, reversed: Uint32Array) {
  for (let index = 0; index < values.length; index += 1) {
    const other = reversed[index] ?? 0
    if (other <= index) continue
    const kept = values[index] ?? 0
    values[index] = values[other] ?? 0
    values[other] = kept
  }
}

function reversedIndexes(size: number): Uint32Array {
  const indexes = new Uint32Array(size)
  for (let index = 1; index < size; index += 1) {
    indexes[index] = ((indexes[index >> 1] ?? 0) >> 1) | (index % 2 === 1 ? size / 2 : 0)
  }
  return indexes
}
