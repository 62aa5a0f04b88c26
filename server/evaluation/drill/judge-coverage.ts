/** Coverage: how much of what the question asks for the answer holds, criterion by criterion. */
import { toPoints } from '../score-scales.ts'
import type { AnswerText } from './answer-text.ts'
import { findSubjects } from './content-words.ts'
import type { DrillEvaluationQuestion } from './drill-evaluator.ts'
import type { Change, JudgedPart } from './drill-formula.ts'
import { quoteHit } from './quote-answer.ts'
import { findSignals, type Hit, listExamples } from './signals.ts'

export interface CriterionEvidence {
  criterion: string
  /** 0 to 100. */
  score: number
  /** What of it was found, in the answer's order. */
  hits: Hit[]
  /** What would show it, as the pack has it. */
  signals: readonly string[]
}

/** From here a criterion is called shown. */
export const shownScore = 50
/** By how many of its signals are there: one may be chance, three hardly are. */
const signalPoints = [
  [0, 0],
  [1, 50],
  [2, 85],
  [3, 100],
] as const
/** By the share of its own words that are there. A good answer seldom has all: half is as good as all. */
const wordSharePoints = [
  [0, 0],
  [0.5, 100],
] as const
const mostExamples = 2

export function findCriteria(answer: AnswerText, question: DrillEvaluationQuestion): CriterionEvidence[] {
  return question.evaluationCriteria.map((criterion, index) => {
    const signals = question.criteriaSignals?.[index] ?? []
    if (signals.length === 0) return findByWords(answer, criterion)
    const hits = findSignals(answer.ownWords, signals)
    return { criterion, score: toPoints({ points: signalPoints }, hits.length), hits, signals }
  })
}

export function judgeCoverage(answer: AnswerText, criteria: readonly CriterionEvidence[]): JudgedPart {
  return {
    ...toCoveragePart(criteria.map(({ score }) => score)),
    changes: criteria
      .filter(({ score }) => score < 100)
      .toSorted((a, b) => a.score - b.score)
      .map((weak) => toChange(answer, criteria, weak)),
  }
}

/** Of the scores of all criteria. */
export function toCoveragePart(scores: readonly number[]): Omit<JudgedPart, 'changes'> {
  const shown = scores.filter((score) => score >= shownScore).length
  const basis = `${shown} of ${scores.length} things that the question asks for were found`
  return { name: 'coverage', score: toMean(scores), basis }
}

/** A pack without signals leaves only the criterion's own words to look for. */
function findByWords(answer: AnswerText, criterion: string): CriterionEvidence {
  const { wanted, hits } = findSubjects(answer.ownWords, criterion)
  const score = toPoints({ points: wordSharePoints }, hits.length / Math.max(1, wanted))
  return { criterion, score, hits, signals: [] }
}

function toMean(scores: readonly number[]): number {
  return Math.round(scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length))
}

function toChange(answer: AnswerText, criteria: readonly CriterionEvidence[], weak: CriterionEvidence): Change {
  const after = criteria.map((one) => (one === weak ? 100 : one.score))
  return { text: tellMissing(answer, weak), scoreAfter: toMean(after) }
}

function tellMissing(answer: AnswerText, { criterion, hits, signals }: CriterionEvidence): string {
  const [hit] = hits
  if (hit) return `Say more on this point, which only "${quoteHit(answer, hit)}" touches on: ${toPoint(criterion)}`
  const examples = listExamples(signals, mostExamples).join(' or ')
  const start = examples && ` Words such as ${examples} may carry it.`
  return `Add what a listener did not find: ${toPoint(criterion)}${start}`
}

function toPoint(criterion: string): string {
  return `"${criterion.replace(/[.\s]+$/u, '')}".`
}
