/**
 * Forty short talks with times, written for tests, not real learners: ten for each level that they are meant to look like. They show
 * that results have their shape, never that a level is right.
 */
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { SpokenSegment } from '../../server/domain/speech-metrics/speech-metrics.ts'
import { a2 } from './transcripts/a2.ts'
import { b1 } from './transcripts/b1.ts'
import { b2 } from './transcripts/b2.ts'
import { c1 } from './transcripts/c1.ts'

export interface LabelledTranscript {
  /** What its writer had in mind. */
  label: CefrLevel
  name: string
  segments: SpokenSegment[]
}

/** Near the averages of the reference tables: how fast the words of one run come, how long the silence before the next is. */
const paces = {
  A2: { msPerWord: 430, pauseMs: 1_400 },
  B1: { msPerWord: 400, pauseMs: 650 },
  B2: { msPerWord: 350, pauseMs: 560 },
  C1: { msPerWord: 340, pauseMs: 540 },
}

export const labelledTranscripts: LabelledTranscript[] = [
  ...a2.map((text, index) => toTranscript('A2', index, text)),
  ...b1.map((text, index) => toTranscript('B1', index, text)),
  ...b2.map((text, index) => toTranscript('B2', index, text)),
  ...c1.map((text, index) => toTranscript('C1', index, text)),
]

function toTranscript(label: keyof typeof paces, index: number, text: string): LabelledTranscript {
  const { msPerWord, pauseMs } = paces[label]
  let atMs = 1_000
  const segments = text.split(' / ').map((run, place): SpokenSegment => {
    const startMs = atMs
    const endMs = startMs + run.split(' ').length * msPerWord
    // Not all the same: from three quarters of it to five.
    atMs = endMs + Math.round(pauseMs * (0.75 + ((place + index) % 3) * 0.25))
    return {
      itemId: `${label}-${index + 1}-${place + 1}`,
      speaker: 'LEARNER',
      source: 'RECOGNISED',
      text: run,
      startMs,
      endMs,
    }
  })
  return { label, name: `${label} ${index + 1}`, segments }
}
