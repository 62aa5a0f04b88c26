/** What judges a learner's speech, and what comes of it. Which one judges is a setting; it is always named in the result. */
import type { CefrLevel } from '../domain/cefr-level.ts'
import type { SpeakingResult } from '../domain/speaking-result.ts'
import type { SpeechInput, SpeechMetrics, SpokenSegment } from '../domain/speech-metrics/speech-metrics.ts'

/** Judges a conversation or a speaking test. */
export interface SpeakingEvaluator {
  /** `local/1`, or the id of the model that is asked. */
  readonly scorer: string
  /**
   * Throws UnscorableError where there can be no honest result, and the signal's reason once that is aborted. Nothing that was
   * said stands in an error.
   */
  evaluate(input: SpeakingEvaluationInput, signal: AbortSignal): Promise<SpeakingResult>
}

export interface SpeakingEvaluationInput {
  /** The whole transcript, both speakers, in sequence order. */
  segments: readonly SpokenSegment[]
  /** Measured of those segments. */
  metrics: SpeechMetrics
  kind: SpeechInput['kind']
  /** The topic's or the test's. */
  title: string
  /** What the learner chose to practise at; null where nothing was chosen. No verdict. */
  level: CefrLevel | null
  /** Of a speaking test, in order; empty elsewhere. */
  tasks: readonly SpeakingTask[]
}

export interface SpeakingTask {
  id: string
  kind: string
  prompt: string
}

export type UnscorableCode =
  | 'EMPTY_ANSWER'
  | 'TOO_LITTLE_SPEECH'
  | 'OFF_TOPIC'
  | 'WRONG_LANGUAGE'
  | 'GIBBERISH'
  | 'TRANSCRIPTION_UNAVAILABLE'
  | 'SCORER_REFUSED'
  | 'SCORER_INCOMPLETE'
  | 'SCORER_INVALID'
  | 'SCORER_UNAVAILABLE'

/** There is no result. The message is for the learner, says what to do, and holds nothing that was said. */
export class UnscorableError extends Error {
  readonly code: UnscorableCode
  /** The same try may succeed later without anyone changing anything. */
  readonly isRetryable: boolean
  constructor(code: UnscorableCode, message: string, isRetryable: boolean) {
    super(message)
    this.name = 'UnscorableError'
    this.code = code
    this.isRetryable = isRetryable
  }
}
