/** What judges an answer to an interview question. The same setting chooses it that chooses who judges speech. */
import type { DrillResult } from '../../domain/drill-result.ts'
import type { SpeechMetrics, SpokenSegment } from '../../domain/speech-metrics/speech-metrics.ts'

export interface DrillEvaluator {
  /** `local-drill/1`, or the id of the model that is asked. */
  readonly scorer: string
  /**
   * Throws UnscorableError where there can be no honest result, and the signal's reason once that is aborted. Nothing that was
   * said stands in an error.
   */
  evaluate(input: DrillEvaluationInput, signal: AbortSignal): Promise<DrillResult>
}

export interface DrillEvaluationInput {
  /** The learner's words, whole. */
  answer: string
  /** False: typed, so that there is neither pace nor a filler. */
  isSpoken: boolean
  /** Of the answer's sound; null for a typed answer. */
  durationSeconds: number | null
  /** Measured of its segments and sound; null for a typed answer. */
  metrics: SpeechMetrics | null
  segments: readonly SpokenSegment[]
  question: DrillEvaluationQuestion
  /** Exactly 7, in the pack's order. */
  categories: readonly DrillCategory[]
}

export interface DrillEvaluationQuestion {
  prompt: string
  category: string
  expectedDurationSeconds: number
  evaluationCriteria: readonly string[]
  /** One list a criterion: words and phrases that show it. Null where the pack gives none. */
  criteriaSignals: readonly (readonly string[])[] | null
}

export interface DrillCategory {
  name: string
  /** What a listener looks for. */
  description: string | null
  /** Words and phrases that show it; case does not matter, a `*` at a word's end stands for any ending. */
  signals: readonly string[]
  practiceRule: string | null
}
