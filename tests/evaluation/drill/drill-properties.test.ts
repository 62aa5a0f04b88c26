/** What holds of every answer, sense or nonsense. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UnscorableError } from '../../../server/evaluation/evaluator.ts'
import type { DrillResult } from '../../../server/domain/drill-result.ts'
import type { DrillEvaluationInput } from '../../../server/evaluation/drill/drill-evaluator.ts'
import { hedges } from '../../../server/evaluation/drill/hedges.ts'
import { resultSignals, situationSignals } from '../../../server/evaluation/drill/structure-signals.ts'
import { categories, drillInputOf, goodAnswer, judgeLocally, padding, question, spokenOf } from './drill-input.ts'

const pieces = [
  ...goodAnswer.split(/(?<=[.,]) /u),
  ...padding.split(/(?<=\.) /u),
  ...hedges,
  ...situationSignals,
  ...resultSignals,
  question.prompt,
  '\u0000',
  '"',
  '*',
  '(',
  '\\',
  '🙂',
  'ﬁ İstanbul',
]
const text = fc
  .array(
    fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary', maxLength: 30 })),
    {
      minLength: 10,
      maxLength: 60,
      size: 'max',
    },
  )
  .map((parts) => parts.join(' '))

const input: fc.Arbitrary<DrillEvaluationInput> = fc
  .record({
    answer: text,
    isSpoken: fc.boolean(),
    durationSeconds: fc.option(fc.double({ min: 0, max: 4_000, noNaN: true })),
    wpm: fc.option(fc.double({ min: 0, max: 2_000, noNaN: true })),
    fillersPer100Words: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    hasSignals: fc.boolean(),
  })
  .map(({ answer, isSpoken, durationSeconds, wpm, fillersPer100Words, hasSignals }) => {
    const asked = { ...question, criteriaSignals: hasSignals ? question.criteriaSignals : null }
    return isSpoken
      ? spokenOf({ wpm, fillersPer100Words }, { answer, durationSeconds, question: asked })
      : drillInputOf({ answer, question: asked })
  })

async function judgeOrRefuse(of: DrillEvaluationInput): Promise<DrillResult | UnscorableError> {
  return judgeLocally(of).catch((error: unknown) => {
    if (error instanceof UnscorableError) return error
    throw error
  })
}

test('a result has its shape, or there is none', async () => {
  let scored = 0
  await fc.assert(
    fc.asyncProperty(input, async (of) => {
      const result = await judgeOrRefuse(of)
      if (result instanceof UnscorableError) return
      scored += 1
      expect(Number.isInteger(result.overallScore)).toBe(true)
      expect(result.overallScore).toBeGreaterThanOrEqual(0)
      expect(result.overallScore).toBeLessThanOrEqual(100)
      expect(result.categories.map(({ name }) => name)).toEqual(categories.map(({ name }) => name))
      expect(result.whatChanged.length).toBeLessThanOrEqual(3)
      expect(new Set(result.whatChanged).size).toBe(result.whatChanged.length)
      expect(result.practiceRule).not.toBe('')
      for (const { score } of result.parts) expect(score >= 0 && score <= 100 && Number.isInteger(score)).toBe(true)
      expect(result.parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
      expect(JSON.stringify([result.categories, result.whatChanged, result.limits, result.parts])).not.toMatch(
        /NaN|undefined|Infinity/u,
      )
    }),
    { numRuns: 300 },
  )
  expect(scored).toBeGreaterThan(50)
})

test('the same answer gets the same result', async () => {
  await fc.assert(
    fc.asyncProperty(input, async (of) => {
      expect(await judgeOrRefuse(of)).toEqual(await judgeOrRefuse(structuredClone(of)))
    }),
    { numRuns: 100 },
  )
})

test('a note of a category that passed cites only what stands in the answer', async () => {
  await fc.assert(
    fc.asyncProperty(input, async (of) => {
      const result = await judgeOrRefuse({ ...of, answer: of.answer.replaceAll('"', "'") })
      if (result instanceof UnscorableError) return
      for (const { note } of result.categories.filter(({ passFlag }) => passFlag === 'PASS')) {
        const quotes = Array.from(note.matchAll(/"([^"]*)"/gu), ([, quote = '']) => quote)
        expect(quotes.length).toBeGreaterThan(0)
        for (const quote of quotes) expect(of.answer.replaceAll('"', "'")).toContain(quote)
      }
    }),
    { numRuns: 200 },
  )
})
