/** The shapes of what is measured of a session's speech. */
import type { SegmentSource, Speaker } from '../transcript.ts'
import type { SpeechEnvelope } from './speech-envelope.ts'

/** One thing that somebody said, of a transcript in sequence order. Times are ms from the start of the session. */
export interface SpokenSegment {
  itemId: string
  speaker: Speaker
  /** Judged as the learner's own words only where it is (not MATCHED). */
  source: SegmentSource
  text: string
  startMs: number
  endMs: number
}

export interface SpeechInput {
  segments: readonly SpokenSegment[]
  /** Of the learner's side, in order of time, without overlap; empty where no audio was measured. */
  envelopes: readonly SpeechEnvelope[]
  /** CONVERSATION: turns with a partner. MONOLOGUE: the learner alone, as in a test's long turn or a drill's answer. */
  kind: 'CONVERSATION' | 'MONOLOGUE'
}

export type PauseSource = 'ENVELOPE' | 'SEGMENTS'

/** One number, with all that it rests on. */
export interface Measure {
  /** As `SpeechMetrics` of the API names it where it has a field there: `speechRate`. */
  name: MeasureName
  /** Null: it cannot be computed honestly, see `missingReason`. */
  value: number | null
  /** `syllables/min`, `s`, `words`, `1` for a ratio. */
  unit: string
  /** Silence shorter than this is no pause; null where pauses play no part. */
  thresholdMs: number | null
  /** What it is taken over: `learner turns, pauses included`. */
  base: string
  /** The study or convention that defines it. */
  source: string
  /** A sentence a learner understands, with what is missing; null where there is a value. */
  missingReason: string | null
}

export interface Pause {
  startMs: number
  endMs: number
}

export interface SpeechMetrics {
  measures: readonly Measure[]
  pauseSource: PauseSource
  /** Silences of 200 ms and more inside the learner's turns; whoever reads takes those from its own threshold. */
  pauses: readonly Pause[]
  /** The threshold of the measures that name no other. */
  pauseThresholdMs: 250
  /** Of the measurer: rises when any value may come out differently. */
  version: number
}

/** Null where there is no such measure, or no honest value of it. */
export function valueOf(metrics: SpeechMetrics, name: MeasureName): number | null {
  return metrics.measures.find((measure) => measure.name === name)?.value ?? null
}

/** In the order in which they are listed. */
export const measureNames = [
  'learnerSpeechSeconds',
  'words',
  'ownWordShare',
  'syllables',
  'estimatedSyllableShare',
  'wpm',
  'speechRate',
  'articulationRate',
  'phonationTimeRatio',
  'meanLengthOfRun',
  'meanPauseSeconds',
  'medianPauseSeconds',
  'pausesPerMinute',
  'pausesPerMinute200',
  'pausesPerMinute350',
  'filledPausesPerMinute',
  'fillersPer100Words',
  'lexicalFillersPer100Words',
  'repairsPer100Words',
  'learnerTurns',
  'meanTurnSeconds',
  'talkTimeShare',
  'meanResponseLatencySeconds',
  'overlaps',
  'ttr',
  'guiraud',
  'maas',
  'mattr',
  'hdd',
  'mtld',
  'typesInFirst100Words',
  'frequentWordShare',
] as const
export type MeasureName = (typeof measureNames)[number]
