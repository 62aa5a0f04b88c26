/**
 * How measures become scores: each measure has a scale from 0 to 100 that only rises (or only falls), and a score is the weighted
 * mean of those that could be measured. So a better measure never gives a lower score.
 *
 * The points of the scales are provisional. Where a study gives averages per level, A2 stands at 40, B1 at 65 and B2 at 80:
 * - Tavakoli, Nakatsuhara & Hunter 2020 (speech and articulation rate, phonation-time ratio, mean pause), read in secondary sources;
 * - Yan, Kim & Kim on 125 speakers of the Aptis test (MTLD), read in secondary sources.
 * For pauses and silence B2 hardly differs from B1 and is left out. For the rest no study gives levels: those scales are ours.
 */
import { type MeasureName, type SpeechMetrics, valueOf } from '../domain/speech-metrics/speech-metrics.ts'
import type { ScoreBasis } from '../domain/speaking-result.ts'

interface Scale {
  measure: MeasureName
  /** Its part of the score, beside the parts of the others. */
  weight: number
  betterWhen: ScoreBasis['betterWhen']
  /** Values in rising order, each with its points; between two it is a straight line, outside them level. */
  points: readonly (readonly [value: number, points: number])[]
  /** Needs the sound: from a transcript's times only the longest pauses are known, and speech looks more fluent than it was. */
  needsSound?: true
  /** Without it there is no score: silence alone does not tell how fluently somebody speaks. It is enough by itself. */
  isRequired?: true
}

const fluencyScales: readonly Scale[] = [
  {
    measure: 'speechRate',
    weight: 3,
    betterWhen: 'HIGHER',
    points: [
      [0, 0],
      [73.2, 40],
      [135.2, 65],
      [172.1, 80],
      [240, 100],
    ],
    isRequired: true,
  },
  {
    measure: 'articulationRate',
    weight: 2,
    betterWhen: 'HIGHER',
    points: [
      [60, 0],
      [158.1, 40],
      [188, 65],
      [224.3, 80],
      [290, 100],
    ],
    needsSound: true,
  },
  {
    measure: 'phonationTimeRatio',
    weight: 2,
    betterWhen: 'HIGHER',
    points: [
      [0, 0],
      [0.465, 40],
      [0.713, 65],
      [0.95, 100],
    ],
    needsSound: true,
  },
  {
    measure: 'meanPauseSeconds',
    weight: 2,
    betterWhen: 'LOWER',
    points: [
      [0.25, 100],
      [0.63, 65],
      [1.42, 40],
      [4, 0],
    ],
    needsSound: true,
  },
  {
    measure: 'pausesPerMinute',
    weight: 1,
    betterWhen: 'LOWER',
    points: [
      [0, 100],
      [20, 75],
      [40, 40],
      [80, 0],
    ],
    needsSound: true,
  },
]

const vocabularyScales: readonly Scale[] = [
  {
    measure: 'mtld',
    weight: 4,
    betterWhen: 'HIGHER',
    points: [
      [0, 0],
      [24, 40],
      [32, 65],
      [44, 80],
      [120, 100],
    ],
  },
  {
    measure: 'mattr',
    weight: 2,
    betterWhen: 'HIGHER',
    points: [
      [0.4, 0],
      [0.65, 40],
      [0.78, 70],
      [0.92, 100],
    ],
  },
  {
    measure: 'hdd',
    weight: 2,
    betterWhen: 'HIGHER',
    points: [
      [0.45, 0],
      [0.68, 40],
      [0.8, 70],
      [0.92, 100],
    ],
  },
  {
    measure: 'frequentWordShare',
    weight: 1,
    betterWhen: 'LOWER',
    points: [
      [0.6, 100],
      [0.85, 65],
      [0.95, 40],
      [1, 20],
    ],
  },
]

export interface Score {
  /** Whole, 0 to 100; null where too little of it could be measured. */
  value: number | null
  basis: ScoreBasis[]
}

/** The scales of the measures that such metrics can be trusted with. */
export function listScales(score: 'fluency' | 'vocabulary', { pauseSource }: SpeechMetrics): readonly Scale[] {
  const scales = score === 'fluency' ? fluencyScales : vocabularyScales
  return scales.filter(({ needsSound }) => pauseSource === 'ENVELOPE' || !needsSound)
}

/** It takes the measure that is required or, where none is, two. */
export function scoreBy(score: 'fluency' | 'vocabulary', metrics: SpeechMetrics): Score {
  const scales = listScales(score, metrics)
  const parts = scales.flatMap((scale) => {
    const value = valueOf(metrics, scale.measure)
    return value === null ? [] : [{ scale, value }]
  })
  const required = scales.filter(({ isRequired }) => isRequired).length
  const isEnough = required > 0 ? parts.filter(({ scale }) => scale.isRequired).length === required : parts.length > 1
  if (!isEnough) return { value: null, basis: [] }
  const weight = parts.reduce((sum, { scale }) => sum + scale.weight, 0)
  const points = parts.reduce((sum, { scale, value }) => sum + scale.weight * toPoints(scale, value), 0)
  return {
    value: Math.round(points / weight),
    basis: parts.map(({ scale: { measure, betterWhen }, value }) => ({ measure, value, betterWhen })),
  }
}

/** 0 to 100. */
export function toPoints(scale: Pick<Scale, 'points'>, value: number): number {
  const above = scale.points.findIndex(([at]) => value <= at)
  const next = scale.points.at(above)
  if (!next) return 0
  const before = above > 0 ? scale.points[above - 1] : undefined
  // Index -1 is the last point: the value is past it. Index 0: it is at the first or before.
  if (!before) return next[1]
  const share = (value - before[0]) / (next[0] - before[0])
  return before[1] + share * (next[1] - before[1])
}
