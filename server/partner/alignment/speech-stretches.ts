/** The stretches of a recording in which somebody speaks, and the way back from their times to those of the whole. */
import { createVoiceActivityPool, WINDOW_SAMPLES } from '../media/voice-activity.ts'
import type { Span } from './text-words.ts'

/** In samples. */
export interface Stretch {
  from: number
  to: number
}

const RATE = 16_000
/** Kept on both sides of a voice: the detector starts late and ends early. */
const MARGIN_SAMPLES = 0.25 * RATE
const THRESHOLD = 0.5

/** In order, apart from each other. Silence is left out, since the search takes as long for it as for speech. */
export function findStretches(samples: Int16Array): Stretch[] {
  const activity = createVoiceActivityPool(0).take(THRESHOLD)
  const stretches: Stretch[] = []
  for (let at = 0; at + WINDOW_SAMPLES <= samples.length; at += WINDOW_SAMPLES) {
    if (!activity.isVoiced(toFloats(samples.subarray(at, at + WINDOW_SAMPLES)))) continue
    const from = Math.max(0, at - MARGIN_SAMPLES)
    const to = Math.min(samples.length, at + WINDOW_SAMPLES + MARGIN_SAMPLES)
    const last = stretches.at(-1)
    if (last && from <= last.to) last.to = to
    else stretches.push({ from, to })
  }
  activity.release()
  return stretches
}

/** Only the stretches, one after the other. */
export function joinStretches(samples: Int16Array, stretches: readonly Stretch[]): Float32Array {
  const joined = new Float32Array(stretches.reduce((length, { from, to }) => length + to - from, 0))
  let at = 0
  for (const { from, to } of stretches) {
    joined.set(toFloats(samples.subarray(from, to)), at)
    at += to - from
  }
  return joined
}

/** A span of the joined sound in the whole one. One that reaches over a cut belongs to the side where most of it is. */
export function toWhole(stretches: readonly Stretch[], { start, end }: Span): Span {
  const middle = ((start + end) / 2) * RATE
  let before = 0
  for (const [index, { from, to }] of stretches.entries()) {
    const length = to - from
    if (middle < before + length || index === stretches.length - 1) {
      const inStretch = (seconds: number) => (from + Math.min(length, Math.max(0, seconds * RATE - before))) / RATE
      return { start: inStretch(start), end: inStretch(end) }
    }
    before += length
  }
  return { start, end }
}

function toFloats(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / 32_768)
}
