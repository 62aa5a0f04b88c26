/**
 * Everything that is counted of a session's speech. Pure: the same input gives the same numbers, in any time zone and on any
 * machine. Definitions, thresholds, sources and limits: docs/speech-metrics.md.
 */
import { measureInteraction } from './interaction.ts'
import { findLearnerTurns, type LearnerTurns } from './learner-turns.ts'
import { describeMeasures } from './measure-definitions.ts'
import { missing, type Reading } from './reading.ts'
import { totalLength } from './spans.ts'
import type { Pause, SpeechInput, SpeechMetrics } from './speech-metrics.ts'
import { measureTime } from './time-measures.ts'
import { measureWords } from './word-measures.ts'

/** Rises when any value may come out differently. */
const version = 1

/**
 * Measures each name of `measureNames`, in that order; what cannot be computed honestly is null with the reason. Time grows in
 * proportion to the input. The first call of a process also reads the dictionaries.
 */
export function measureSpeech(input: SpeechInput): SpeechMetrics {
  const learner = findLearnerTurns(input)
  const readings = {
    learnerSpeechSeconds: measureSpeechSeconds(learner),
    ...measureWords(input.segments, learner),
    ...measureTime(learner, input.kind),
    ...measureInteraction(learner, input),
  }
  const measures = describeMeasures(input.kind, learner.pauseSource).map((definition) => ({
    ...definition,
    ...toValue(readings[definition.name]),
  }))
  return { measures, pauseSource: learner.pauseSource, pauses: listPauses(learner), pauseThresholdMs: 250, version }
}

function measureSpeechSeconds({ turns, hasTranscript }: LearnerTurns): Reading {
  if (turns.length === 0 && hasTranscript) return missing('It is not known when you spoke.')
  return totalLength(turns) / 1_000
}

function listPauses({ measured }: LearnerTurns): Pause[] {
  return measured.flatMap((turn) => turn.silences.map(({ startMs, endMs }) => ({ startMs, endMs })))
}

function toValue(reading: Reading): { value: number | null; missingReason: string | null } {
  return typeof reading === 'number'
    ? { value: reading, missingReason: null }
    : { value: null, missingReason: reading.missing }
}
