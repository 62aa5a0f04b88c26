/** What a speaking test of each level may ask of a learner: how long to think and speak, long sentences, rare words. Pure. */
import type { TaskKind, TestLevel } from './test-set.ts'

/** Least and most, both allowed. */
export type Span = readonly [least: number, most: number]

/** How many tasks of each kind a set has. */
export const TASK_COUNTS: Record<TaskKind, Span> = {
  WARM_UP: [2, 3],
  PICTURE: [1, 1],
  LONG_TURN: [1, 1],
  DISCUSSION: [1, 2],
}

/** Length of a whole set, by `estimateTestSeconds`. */
export const TEST_SECONDS: Span = [8 * 60, 12 * 60]

export interface TaskTimes {
  /** Seconds. */
  prepare: Span
  /** Seconds. */
  speak: Span
}

/**
 * Lower levels get more time to prepare and less to fill. The measure is the long turn of IELTS (part 2): a minute to prepare, one
 * to two to speak.
 */
export const TASK_TIMES: Record<TestLevel, Record<TaskKind, TaskTimes>> = {
  A2: {
    WARM_UP: { prepare: [0, 10], speak: [20, 30] },
    PICTURE: { prepare: [30, 60], speak: [45, 75] },
    LONG_TURN: { prepare: [45, 60], speak: [60, 75] },
    DISCUSSION: { prepare: [15, 30], speak: [40, 60] },
  },
  B1: {
    WARM_UP: { prepare: [0, 10], speak: [25, 35] },
    PICTURE: { prepare: [30, 60], speak: [60, 90] },
    LONG_TURN: { prepare: [45, 60], speak: [75, 105] },
    DISCUSSION: { prepare: [15, 30], speak: [45, 75] },
  },
  B2: {
    WARM_UP: { prepare: [0, 5], speak: [30, 40] },
    PICTURE: { prepare: [30, 45], speak: [60, 90] },
    LONG_TURN: { prepare: [30, 60], speak: [90, 120] },
    DISCUSSION: { prepare: [15, 30], speak: [60, 90] },
  },
  C1: {
    WARM_UP: { prepare: [0, 5], speak: [30, 40] },
    PICTURE: { prepare: [20, 45], speak: [75, 100] },
    LONG_TURN: { prepare: [20, 60], speak: [100, 120] },
    DISCUSSION: { prepare: [10, 30], speak: [70, 100] },
  },
}

export interface WordingLimits {
  /** Longest sentence, in words. */
  sentenceWords: number
  /** The words a learner knows: this many of the most frequent forms of spoken English. */
  knownForms: number
}

/** As for the partner's lines in topics of guided conversation. */
export const WORDING_LIMITS: Record<TestLevel, WordingLimits> = {
  A2: { sentenceWords: 13, knownForms: 2_500 },
  B1: { sentenceWords: 18, knownForms: 4_500 },
  B2: { sentenceWords: 24, knownForms: 8_000 },
  C1: { sentenceWords: 30, knownForms: 15_000 },
}
