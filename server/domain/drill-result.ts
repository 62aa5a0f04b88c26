/** What a judgement of an interview answer says. */

/** What a score is made of. In this order everywhere. */
export const drillPartNames = ['coverage', 'structure', 'length', 'pace', 'hedging', 'fillers'] as const
export type DrillPartName = (typeof drillPartNames)[number]

export interface DrillResult {
  /** Who judged: `local-drill/1`, or the id of the model that answered. */
  scorer: string
  /** Whole, 0 to 100, by the formula in docs/drill-scores.md. */
  overallScore: number
  /** Exactly 7, in the content pack's order. */
  categories: DrillCategoryResult[]
  /** Changes to make, the most useful first. At most 3. */
  whatChanged: string[]
  practiceRule: string
  words: number
  /** Words a minute; null for a typed answer. */
  wpm: number | null
  /** Of the answer's sound; null for a typed answer. */
  durationSeconds: number | null
  /** Those that could be measured of this answer. */
  parts: DrillPart[]
  /** What this judgement cannot tell, in sentences for the learner. */
  limits: string[]
}

export interface DrillCategoryResult {
  name: string
  /** PASS: the answer gives evidence of it. */
  passFlag: 'PASS' | 'FLAG'
  /** Cites the answer where it passed, else says what would show it. */
  note: string
}

export interface DrillPart {
  name: DrillPartName
  /** Whole, 0 to 100. */
  score: number
  /** Its share of the overall score, 0 to 1; those of one result add up to 1. */
  weight: number
  /** What the score rests on, in a few words for the learner. */
  basis: string
}
