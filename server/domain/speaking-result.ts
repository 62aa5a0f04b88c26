/** What a judgement of somebody's speech says. */
import type { CefrLevel } from './cefr-level.ts'
import type { MeasureName } from './speech-metrics/speech-metrics.ts'

export interface SpeakingResult {
  /** Which scorer judged: `local/1`, or the id of the model that answered. */
  scorer: string
  /** Null where the evidence carries no level: see `withheld`. */
  overallLevel: CefrLevel | null
  /** The levels that the evidence does not exclude, lowest first. */
  levelRange: CefrLevel[]
  /** 0 to 1; null without a level. */
  confidence: number | null
  /** What could not be judged, and why, in sentences for the learner. */
  withheld: Withheld[]
  scores: SpeakingScores
  /** The measures that each score rests on; none where it is null or rests on the words themselves. */
  scoreBasis: Record<ScoreName, ScoreBasis[]>
  /** At most 3. */
  strengths: Tip[]
  rationale: string
  /** At most 3, the most useful first. */
  tips: Tip[]
}

export const scoreNames = ['fluency', 'accuracy', 'grammar', 'vocabulary', 'coherence'] as const
export type ScoreName = (typeof scoreNames)[number]

/** Whole numbers from 0 to 100; null where this scorer has no evidence. */
export type SpeakingScores = Record<ScoreName, number | null>

export interface ScoreBasis {
  measure: MeasureName
  value: number
  betterWhen: 'HIGHER' | 'LOWER'
}

export interface Withheld {
  /** A score, `level`, or a measure of speech. */
  measure: string
  reason: string
}

export interface Tip {
  text: string
  /** Verbatim from the learner's side of the transcript. */
  quote: string | null
  /** Where the quote stands. */
  segmentItemId: string | null
}
