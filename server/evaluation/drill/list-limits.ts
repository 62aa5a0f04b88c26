/** What a judgement by counting cannot tell, said to the learner beside the score. */
import type { DrillEvaluationInput } from './drill-evaluator.ts'
import { headroom, isCapped, type JudgedPart } from './drill-formula.ts'

const byCounting =
  'This was counted, not understood: a point counts as made when words typical of it occur. Other wordings are missed, and nobody checked whether what you said is true or wise.'

/** Of the local scorer. */
export function listLimits(input: DrillEvaluationInput, parts: readonly JudgedPart[]): string[] {
  return [byCounting, ...listPackLimits(input), ...listMeasureLimits(input, parts)]
}

/** Of any scorer: what could not be measured, and where the upper bound came in. */
export function listMeasureLimits(input: DrillEvaluationInput, parts: readonly JudgedPart[]): string[] {
  return [explainMissing(input, parts), explainFillers(parts), explainCap(parts)].filter((limit) => limit !== null)
}

function listPackLimits({ question, categories }: DrillEvaluationInput): string[] {
  const isWithoutSignals = question.evaluationCriteria.some((_, index) => !question.criteriaSignals?.[index]?.length)
  const unguided = categories.filter(({ signals }) => signals.length === 0).map(({ name }) => name)
  return [
    ...(isWithoutSignals
      ? [
          'The content pack lists no words for what this question asks, so only the words of its criteria were looked for.',
        ]
      : []),
    ...(unguided.length > 0
      ? [
          `The content pack lists no words for ${unguided.join(', ')}, so only the words of the names and descriptions were looked for.`,
        ]
      : []),
  ]
}

function explainMissing({ isSpoken }: DrillEvaluationInput, parts: readonly JudgedPart[]): string | null {
  const measured = new Set(parts.map(({ name }) => name))
  const missing = (['pace', 'fillers'] as const).filter((name) => !measured.has(name))
  if (missing.length === 0) return null
  const what = missing.join(' and ')
  return isSpoken
    ? `Of the sound too little could be measured for ${what}: the other parts carry the weight.`
    : `You typed this answer, so there is no ${missing.join(' and no ')}: the other parts carry the weight.`
}

function explainFillers(parts: readonly JudgedPart[]): string | null {
  return parts.some(({ name }) => name === 'fillers')
    ? 'Speech recognition leaves out many fillers, so there were at least as many as counted.'
    : null
}

function explainCap(parts: readonly JudgedPart[]): string | null {
  return isCapped(parts)
    ? `The score is held down by what is missing most: it is never more than ${headroom} points above the lower of coverage and length.`
    : null
}
