/**
 * What studies measured of learners at each level: the only numbers that a level is estimated from. All are provisional: read
 * in secondary sources, from few speakers of other tests than ours, and not yet checked against graded speech of our learners.
 */
import type { CefrLevel } from '../cefr-level.ts'
import type { MeasureName } from './speech-metrics.ts'

export interface ReferenceTable {
  measure: MeasureName
  /** FLUENCY never tells B2 from what is above; no study found it to. */
  evidence: 'FLUENCY' | 'VOCABULARY'
  /** The mean of the speakers of each level, lowest level first, in the unit of the measure. */
  means: readonly ReferenceMean[]
  citation: string
  provisional: true
}

export interface ReferenceMean {
  level: CefrLevel
  value: number
  /** Stands for this level and all above it, which the study does not tell apart by this measure. */
  isOrAbove: boolean
}

/** Monologues; pauses of 250 ms and more. */
const tavakoli =
  'Tavakoli, Nakatsuhara & Hunter 2020, Aspects of fluency across assessed levels of speaking proficiency (Modern Language Journal 104), as reported in secondary sources'
/** The Aptis speaking test, 125 speakers. */
const yan = 'Yan, Kim & Kim, study of 125 speakers of the Aptis speaking test, as reported in secondary sources'

/** One table a measure. Values of two studies are never mixed: they count runs and syllables differently. */
export const referenceTables: readonly ReferenceTable[] = [
  // Where the value of C1 is not better than that of B2 the two are one, and their mean stands for both.
  fluency('speechRate', { A2: 73.2, B1: 135.2 }, [172.1, 172.2]),
  fluency('meanLengthOfRun', { A2: 3.21, B1: 5.84 }, [8.54, 7.75]),
  fluency('phonationTimeRatio', { A2: 0.465, B1: 0.713 }, [0.769, 0.729]),
  // C1 is a little better here (234.9 and 0.54), but fluency alone never tells it from B2: nearer to C1 is B2 or above too.
  fluency('articulationRate', { A2: 158.1, B1: 188 }, [224.3]),
  fluency('meanPauseSeconds', { A2: 1.42, B1: 0.63 }, [0.56]),
  {
    measure: 'mtld',
    evidence: 'VOCABULARY',
    means: [
      { level: 'A1', value: 17, isOrAbove: false },
      { level: 'A2', value: 24, isOrAbove: false },
      { level: 'B1', value: 32, isOrAbove: false },
      { level: 'B2', value: 44, isOrAbove: false },
      { level: 'C1', value: 46, isOrAbove: true },
    ],
    citation: yan,
    provisional: true,
  },
]

function fluency(
  measure: MeasureName,
  below: { A2: number; B1: number },
  b2OrAbove: readonly number[],
): ReferenceTable {
  const value = b2OrAbove.reduce((sum, mean) => sum + mean, 0) / b2OrAbove.length
  return {
    measure,
    evidence: 'FLUENCY',
    means: [
      { level: 'A2', value: below.A2, isOrAbove: false },
      { level: 'B1', value: below.B1, isOrAbove: false },
      { level: 'B2', value, isOrAbove: true },
    ],
    citation: tavakoli,
    provisional: true,
  }
}
