/**
 * Cuts sound into parts for services that take files up to a size (OpenAI: 25 MB): three minutes of 16 kHz are 6 MB as WAV, and no
 * service takes longer for them than a request may last. The cuts lie where it is quietest, and a part of silence is
 * left out, for a recogniser that is given nothing invents words.
 */
import { transcribedSampleRate } from './transcriber.ts'

export interface AudioPart {
  startMs: number
  samples: Int16Array
}

const samplesPerMs = transcribedSampleRate / 1_000
const mostSamples = 180_000 * samplesPerMs
/** A part ends somewhere in its last half minute. */
const choiceSamples = 30_000 * samplesPerMs
/** As long as a breath between two sentences. */
const pauseSamples = 300 * samplesPerMs
const stepSamples = 20 * samplesPerMs
/** -60 dBFS: the loudest of what no microphone took as speech. */
const silentPeak = 33

export function cutIntoParts(samples: Int16Array): AudioPart[] {
  const parts: AudioPart[] = []
  for (let at = 0; at < samples.length;) {
    const isLast = samples.length - at <= mostSamples
    const end = isLast ? samples.length : findPause(samples, at + mostSamples - choiceSamples, at + mostSamples)
    const part = samples.subarray(at, end)
    if (part.some((sample) => Math.abs(sample) >= silentPeak)) parts.push({ startMs: at / samplesPerMs, samples: part })
    at = end
  }
  return parts
}

/** The middle of the quietest 300 ms. */
function findPause(samples: Int16Array, from: number, to: number): number {
  const steps: number[] = []
  for (let at = from; at < to; at += stepSamples) {
    let sum = 0
    for (let index = at; index < at + stepSamples; index += 1) sum += Math.abs(samples[index] ?? 0)
    steps.push(sum)
  }
  const width = pauseSamples / stepSamples
  let loudness = steps.slice(0, width).reduce((sum, step) => sum + step, 0)
  let quietest = { loudness, first: 0 }
  for (let first = 1; first + width <= steps.length; first += 1) {
    loudness += (steps[first + width - 1] ?? 0) - (steps[first - 1] ?? 0)
    if (loudness < quietest.loudness) quietest = { loudness, first }
  }
  return from + quietest.first * stepSamples + pauseSamples / 2
}
