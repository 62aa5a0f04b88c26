/** Input for evaluators, made by hand: measures as one likes, segments as texts. */
import { describeMeasures } from '../../server/domain/speech-metrics/measure-definitions.ts'
import type {
  MeasureName,
  PauseSource,
  SpeechMetrics,
  SpokenSegment,
} from '../../server/domain/speech-metrics/speech-metrics.ts'
import type { SpeakingEvaluationInput } from '../../server/evaluation/evaluator.ts'

/** Between A2 and B1 in all, so that every measure can become better and worse. */
const middling: Partial<Record<MeasureName, number>> = {
  learnerSpeechSeconds: 60,
  words: 120,
  ownWordShare: 1,
  speechRate: 110,
  articulationRate: 175,
  phonationTimeRatio: 0.6,
  meanLengthOfRun: 4.6,
  meanPauseSeconds: 1,
  medianPauseSeconds: 0.8,
  pausesPerMinute: 30,
  fillersPer100Words: 2,
  repairsPer100Words: 1,
  mattr: 0.7,
  hdd: 0.72,
  mtld: 29,
  frequentWordShare: 0.92,
}

export function metricsOf(
  values: Partial<Record<MeasureName, number | null>> = {},
  pauseSource: PauseSource = 'ENVELOPE',
): SpeechMetrics {
  const all = { ...middling, ...values }
  return {
    measures: describeMeasures('MONOLOGUE', pauseSource).map((definition) => {
      const value = all[definition.name] ?? null
      return { ...definition, value, missingReason: value === null ? 'Not measured here.' : null }
    }),
    pauseSource,
    pauses: [],
    pauseThresholdMs: 250,
    version: 1,
  }
}

/** The learner's, one after the other, each of five seconds. */
export function segmentsOf(texts: readonly string[], source: SpokenSegment['source'] = 'RECOGNISED'): SpokenSegment[] {
  return texts.map((text, index) => ({
    itemId: `item-${index + 1}`,
    speaker: 'LEARNER',
    source,
    text,
    startMs: index * 5_000,
    endMs: index * 5_000 + 5_000,
  }))
}

/** 99 words in a learner's own order, without a slip that a pattern finds. */
export const plainTalk = [
  'Last month I visited my aunt in the mountains for one week.',
  'Her house is old and it stands alone above a small village.',
  'Every morning we fed the chickens and then we walked to the lake.',
  'The water was too cold to swim, so we sat on a stone and talked.',
  'She told me how my mother was as a child, and I laughed a lot.',
  'In the evening there was no television, but we played cards until late.',
  'When I came back to the city it seemed very loud and fast to me.',
  'Next summer we want to meet there again.',
]

export function inputOf(input: Partial<SpeakingEvaluationInput> = {}): SpeakingEvaluationInput {
  return {
    segments: segmentsOf(plainTalk),
    metrics: metricsOf(),
    kind: 'MONOLOGUE',
    title: 'Holidays',
    level: 'B1',
    tasks: [],
    ...input,
  }
}

/** What nothing interrupts. */
export const noSignal = new AbortController().signal
