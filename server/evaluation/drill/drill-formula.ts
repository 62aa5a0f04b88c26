/** How the parts of an answer make one score. It is published in docs/drill-scores.md; change both together. */
import type { DrillPart, DrillPartName } from '../../domain/drill-result.ts'

/** Out of 100 where all can be measured. What cannot is left out, and the rest carry its weight in proportion. */
export const partWeights: Record<DrillPartName, number> = {
  coverage: 40,
  structure: 20,
  length: 15,
  pace: 10,
  hedging: 10,
  fillers: 5,
}
/** The overall score is at most this far above the lower of coverage and length: neither fluency nor key words alone make an answer. */
export const headroom = 20

/** One part, and what would raise it. */
export interface JudgedPart {
  name: DrillPartName
  /** Whole, 0 to 100. */
  score: number
  basis: string
  changes: Change[]
}

export interface Change {
  /** For the learner: what to do, where. */
  text: string
  /** What the part's score would be. */
  scoreAfter: number
}

type Scored = Pick<JudgedPart, 'name' | 'score'>

/** Whole, 0 to 100. */
export function toOverallScore(parts: readonly Scored[]): number {
  return Math.round(Math.min(toMean(parts), toCap(parts)))
}

/** Whether the score would be higher without the upper bound. */
export function isCapped(parts: readonly Scored[]): boolean {
  return toMean(parts) > toCap(parts)
}

export function toDrillParts(parts: readonly JudgedPart[]): DrillPart[] {
  const total = toTotalWeight(parts)
  return parts.map(({ name, score, basis }) => ({ name, score, weight: partWeights[name] / total, basis }))
}

function toMean(parts: readonly Scored[]): number {
  return parts.reduce((sum, { name, score }) => sum + partWeights[name] * score, 0) / toTotalWeight(parts)
}

function toTotalWeight(parts: readonly Pick<Scored, 'name'>[]): number {
  return parts.reduce((sum, { name }) => sum + partWeights[name], 0)
}

function toCap(parts: readonly Scored[]): number {
  const bounds = parts.filter(({ name }) => name === 'coverage' || name === 'length').map(({ score }) => score)
  return headroom + Math.min(100, ...bounds)
}
