/** The pack's seven categories: PASS where the answer gives evidence of one, else what would. */
import type { DrillCategoryResult } from '../../domain/drill-result.ts'
import type { AnswerText } from './answer-text.ts'
import { findSubjects } from './content-words.ts'
import type { DrillCategory } from './drill-evaluator.ts'
import { shownScore } from './judge-coverage.ts'
import { quoteHit } from './quote-answer.ts'
import { findSignals, type Hit, listExamples } from './signals.ts'

export interface JudgedCategory {
  category: DrillCategory
  isPassed: boolean
  /** What of it was found. */
  hits: Hit[]
}

/** One word of many may be chance, two hardly are. */
const leastHits = 2
const mostExamples = 3

/**
 * `own` is the question's category, `coverage` the score of what the question asks for (0 to 100), `criteriaHits` what was found
 * of that: an answer that gives half of what a question of this category asks for is evidence of it, and one that gives nothing is
 * none, whatever words it has.
 */
export function judgeCategories(
  answer: AnswerText,
  categories: readonly DrillCategory[],
  own: { name: string; coverage: number; criteriaHits: readonly Hit[] },
): JudgedCategory[] {
  return categories.map((category) => {
    const hits = findCategory(answer, category)
    if (category.name !== own.name) return { category, hits, isPassed: hits.length >= leastHits }
    const isAnswered = own.coverage >= shownScore
    return { category, hits: hits.length > 0 ? hits : [...own.criteriaHits], isPassed: isAnswered }
  })
}

/**
 * In which order the categories' practice rules come into question: the question's own where it was flagged, then those that were
 * nearly shown, in the pack's order, then the own one all the same.
 */
export function listForPractice(judged: readonly JudgedCategory[], own: string): DrillCategory[] {
  const flaggedOwn = judged.filter(({ category, isPassed }) => category.name === own && !isPassed)
  const nearly = judged.filter(({ isPassed, hits }) => !isPassed && hits.length > 0)
  const ownAnyway = judged.filter(({ category }) => category.name === own)
  return [...flaggedOwn, ...nearly, ...ownAnyway].map(({ category }) => category)
}

export function toCategoryResult(
  answer: AnswerText,
  { category, isPassed, hits }: JudgedCategory,
): DrillCategoryResult {
  const { name } = category
  const [first, second] = hits
  if (isPassed && first) {
    const quotes = [first, second].filter((hit) => hit !== undefined).map((hit) => quoteHit(answer, hit))
    return { name, passFlag: 'PASS', note: tellPassed([...new Set(quotes)]) }
  }
  const start = first ? `Only "${quoteHit(answer, first)}" points to it.` : 'Nothing in this answer shows it.'
  return { name, passFlag: 'FLAG', note: `${start} ${tellWhatShows(category)}` }
}

export function tellPassed(quotes: readonly string[]): string {
  return `It shows where you say ${quotes.map((quote) => `"${quote}"`).join(' and ')}.`
}

/** A category without signals has its name and description to go by. */
export function findCategory(answer: AnswerText, { name, description, signals }: DrillCategory): Hit[] {
  return signals.length > 0
    ? findSignals(answer.ownWords, signals)
    : findSubjects(answer.ownWords, `${name} ${description ?? ''}`).hits
}

export function tellWhatShows({ name, description, signals }: DrillCategory): string {
  const examples = listExamples(signals, mostExamples).join(', ')
  const listed = examples && ` Words such as ${examples} may carry it.`
  const sought = description?.trim() ?? `Say something of your own about ${name.toLowerCase()}.`
  return `What would show it: ${sought}${/[.!?]$/u.test(sought) ? '' : '.'}${listed}`
}
