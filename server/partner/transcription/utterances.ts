/** Cuts speech into utterances that a speech model takes: some of them hear 30 s at most (Whisper), and all are quicker with less. */
import type { Stretch } from '../alignment/speech-stretches.ts'
import { AUDIO_RATE } from '../http/audio-form.ts'

const MOST_SAMPLES = 20 * AUDIO_RATE
/** Where a stretch without a pause may be cut: at the quietest place of its last seconds. */
const CHOICE_SAMPLES = 5 * AUDIO_RATE
/** Less silence than this does not end a sentence: the words on both sides help to understand each other. */
const JOINED_SAMPLES = 0.7 * AUDIO_RATE
const FRAME_SAMPLES = 0.05 * AUDIO_RATE

/** In order; none longer than 20 s. `stretches` are those with a voice in them, in order and apart from each other. */
export function toUtterances(samples: Int16Array, stretches: readonly Stretch[]): Stretch[] {
  const utterances: Stretch[] = []
  for (const stretch of stretches) {
    const last = utterances.at(-1)
    const isJoined = last && stretch.from - last.to < JOINED_SAMPLES && stretch.to - last.from <= MOST_SAMPLES
    if (isJoined) last.to = stretch.to
    else utterances.push(...cut(samples, stretch))
  }
  return utterances
}

function cut(samples: Int16Array, { from, to }: Stretch): Stretch[] {
  const parts: Stretch[] = []
  let at = from
  while (to - at > MOST_SAMPLES) {
    const end = findQuietest(samples, at + MOST_SAMPLES - CHOICE_SAMPLES, at + MOST_SAMPLES)
    parts.push({ from: at, to: end })
    at = end
  }
  return [...parts, { from: at, to }]
}

function findQuietest(samples: Int16Array, from: number, to: number): number {
  let quietest = { at: to, sum: Infinity }
  for (let at = from; at + FRAME_SAMPLES <= to; at += FRAME_SAMPLES) {
    let sum = 0
    for (let index = at; index < at + FRAME_SAMPLES; index += 1) sum += Math.abs(samples[index] ?? 0)
    if (sum < quietest.sum) quietest = { at: at + FRAME_SAMPLES / 2, sum }
  }
  return quietest.at
}
