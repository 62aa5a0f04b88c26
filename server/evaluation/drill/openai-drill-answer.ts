/** What a language model may answer about an interview answer, and what of it is believed: what it says was said has to be there. */
import { z } from 'zod'
import type { DrillCategoryResult, DrillResult } from '../../domain/drill-result.ts'
import { parseJson, toStrictJsonSchema } from '../strict-json.ts'
import { type AnswerText, placeWords } from './answer-text.ts'
import { chooseChanges, mostChanges } from './choose-changes.ts'
import { choosePracticeRule } from './choose-practice-rule.ts'
import type { DrillCategory, DrillEvaluationInput } from './drill-evaluator.ts'
import { type JudgedPart, toDrillParts, toOverallScore } from './drill-formula.ts'
import { tellPassed, tellWhatShows } from './judge-categories.ts'
import { toCoveragePart } from './judge-coverage.ts'
import { countAnswer, judgeDelivery } from './judge-delivery.ts'
import { listMeasureLimits } from './list-limits.ts'
import { findOwnQuote, hasInventedQuote } from './quote-answer.ts'

const text = z.string().refine((value) => value.trim() !== '')
const quote = z.string().nullable()
const leastProofWords = 3
const shownPoints = { FULLY: 100, PARTLY: 50, NOT: 0 }

const answerSchema = z.object({
  criteria: z.array(z.object({ number: z.int(), shown: z.enum(['FULLY', 'PARTLY', 'NOT']), quote })),
  structure: z.int().min(0).max(100),
  categories: z.array(z.object({ name: z.string(), passFlag: z.enum(['PASS', 'FLAG']), note: text, quote })),
  changes: z.array(z.object({ text, quote })),
  practise: z.string(),
})
type Answer = z.infer<typeof answerSchema>

export const drillAnswerJsonSchema = toStrictJsonSchema(answerSchema)

const byModel =
  'A language model judged content, structure and categories. It may be wrong, and may judge the same answer differently another time.'

/** The model's answer as a result; null where it is not what was asked for. */
export function readDrillAnswer(
  json: string,
  model: string,
  input: DrillEvaluationInput,
  answer: AnswerText,
): DrillResult | null {
  const { data } = answerSchema.safeParse(parseJson(json))
  if (!data || !isWhole(data, input)) return null
  const figures = countAnswer(answer, input)
  const delivery = judgeDelivery(answer, figures, input)
  const parts = [judgeCriteria(data, answer), judgeStructure(data), ...delivery]
  const categories = data.categories.map((claimed, index) => believeCategory(claimed, input.categories[index], answer))
  return {
    scorer: model,
    overallScore: toOverallScore(parts),
    categories,
    whatChanged: [...keepTrue(data.changes, answer), ...chooseChanges(delivery, [])].slice(0, mostChanges),
    practiceRule: choosePracticeRule(listForPractice(data, categories, input), parts),
    ...figures,
    parts: toDrillParts(parts),
    limits: [byModel, ...listMeasureLimits(input, parts)],
  }
}

/** Every criterion and every category, each once and in its place; a category to practise that there is. */
function isWhole({ criteria, categories, practise }: Answer, input: DrillEvaluationInput): boolean {
  const names = input.categories.map(({ name }) => name)
  return (
    criteria.length === input.question.evaluationCriteria.length &&
    criteria.every(({ number }, index) => number === index + 1) &&
    categories.length === names.length &&
    categories.every(({ name }, index) => name === names[index]) &&
    names.includes(practise)
  )
}

/** What is shown by words that nobody said is not shown. */
function judgeCriteria({ criteria }: Answer, answer: AnswerText): JudgedPart {
  const scores = criteria.map(({ shown, quote: claimed }) => (findProof(answer, claimed) ? shownPoints[shown] : 0))
  return { ...toCoveragePart(scores), changes: [] }
}

/** A quote that can prove something: long enough that it is not in every answer. */
function findProof(answer: AnswerText, claimed: string | null): string | null {
  return claimed !== null && placeWords(claimed).length >= leastProofWords ? findOwnQuote(answer, claimed) : null
}

function judgeStructure({ structure }: Answer): JudgedPart {
  return { name: 'structure', score: structure, basis: 'judged by the language model', changes: [] }
}

function believeCategory(
  claimed: Answer['categories'][number],
  category: DrillCategory | undefined,
  answer: AnswerText,
): DrillCategoryResult {
  const { name, passFlag } = claimed
  const note = hasInventedQuote(answer, claimed.note) ? null : claimed.note.trim()
  const found = findProof(answer, claimed.quote)
  if (passFlag === 'PASS' && found)
    return { name, passFlag, note: [note, tellPassed([found])].filter(Boolean).join(' ') }
  const missing = category ? tellWhatShows(category) : ''
  return {
    name,
    passFlag: 'FLAG',
    note: passFlag === 'FLAG' && note ? note : `Nothing in this answer shows it. ${missing}`,
  }
}

/** A change that cites what nobody said is made up as well. */
function keepTrue(changes: Answer['changes'], answer: AnswerText): string[] {
  return changes.flatMap(({ text: said, quote: claimed }) => {
    if (hasInventedQuote(answer, said)) return []
    if (claimed === null) return [said.trim()]
    const found = findOwnQuote(answer, claimed)
    return found ? [`${said.trim()} You say: "${found}".`] : []
  })
}

/** The question's own category where it was flagged, then the one that the model names. */
function listForPractice(
  { practise }: Answer,
  categories: readonly DrillCategoryResult[],
  { question, categories: known }: DrillEvaluationInput,
): DrillCategory[] {
  const isOwnFlagged = categories.some(({ name, passFlag }) => name === question.category && passFlag === 'FLAG')
  const order = [...(isOwnFlagged ? [question.category] : []), practise, question.category]
  return order.flatMap((name) => known.filter((category) => category.name === name))
}
