/** How loud samples are, frame by frame: the levels that speech is measured by, and the peaks that a waveform is drawn from. */
import { frameMs, type SpeechEnvelope, toLevel } from '../domain/speech-metrics/speech-envelope.ts'

const fullScale = 32_768

/**
 * The level of each 10 ms, the last one of what is left. 0 dBFS is a square wave at full scale, so that a sine is 3 dB below.
 * `startMs` is that of the first sample, from the start of the session.
 */
export function toEnvelope(
  samples: Int16Array,
  sampleRate: number,
  startMs: number,
): SpeechEnvelope & { levels: Uint8Array<ArrayBuffer> } {
  const levels = mapFrames(samples, sampleRate, (from, to) => {
    let sum = 0
    for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2
    return toLevel(10 * Math.log10(sum / (to - from) / fullScale ** 2))
  })
  return { startMs, levels }
}

/** The largest sample of each 10 ms, to either side: 0 is none, 255 full scale, and between them it is linear. */
export function toPeaks(samples: Int16Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  return mapFrames(samples, sampleRate, (from, to) => {
    let largest = 0
    for (let index = from; index < to; index += 1) largest = Math.max(largest, Math.abs(samples[index] ?? 0))
    return Math.round((largest / fullScale) * 255)
  })
}

/** Exactly `count` peaks over the same time, each the largest of those that it stands for. */
export function spreadPeaks(peaks: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count))
    return peaks.subarray(from, to).reduce((largest, peak) => Math.max(largest, peak), 0)
  })
}

function mapFrames(
  samples: Int16Array,
  sampleRate: number,
  toValue: (from: number, to: number) => number,
): Uint8Array<ArrayBuffer> {
  const frameLength = (sampleRate * frameMs) / 1_000
  const frames = new Uint8Array(Math.ceil(samples.length / frameLength))
  for (let frame = 0; frame < frames.length; frame += 1) {
    const to = Math.min(samples.length, Math.round((frame + 1) * frameLength))
    frames[frame] = toValue(Math.round(frame * frameLength), to)
  }
  return frames
}
