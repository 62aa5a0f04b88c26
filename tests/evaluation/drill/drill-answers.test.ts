/** The local score on the written answers: strong ones well above weak ones, and none for what answers nothing. */
import { describe, expect, test } from 'vitest'
import type { DrillPartName, DrillResult } from '../../../server/domain/drill-result.ts'
import type { DrillEvaluationInput } from '../../../server/evaluation/drill/drill-evaluator.ts'
import { labelledTranscripts } from '../labelled-transcripts.ts'
import { readPackedQuestions, readWrittenAnswers, type WrittenAnswer } from './drill-answers.ts'
import { judgeLocally, partOf } from './drill-input.ts'

const questions = await readPackedQuestions()
const answers = readWrittenAnswers()
const pairs = answers
  .filter(({ quality }) => quality === 'strong')
  .map((strong) => ({
    key: strong.questionKey,
    strong,
    weak: answers.find(({ quality, questionKey }) => quality === 'weak' && questionKey === strong.questionKey),
  }))

function inputOf({
  pack,
  questionKey,
  answer,
}: Pick<WrittenAnswer, 'pack' | 'questionKey' | 'answer'>): DrillEvaluationInput {
  const input = questions.get(`${pack}/${questionKey}`)
  if (!input) throw new Error(`${pack} has no question ${questionKey}`)
  return { ...input, answer }
}

function judge(answer: WrittenAnswer | undefined): Promise<DrillResult> {
  if (!answer) throw new Error('no answer of the other kind was written')
  return judgeLocally(inputOf(answer))
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

test('there are twenty questions with both, and ten answers to refuse', () => {
  expect(pairs).toHaveLength(20)
  expect(answers.filter(({ quality }) => quality === 'refused')).toHaveLength(10)
})

test.each(pairs)(
  '$key: the strong answer scores above the weak one and passes its category',
  async ({ strong, weak }) => {
    const [better, worse] = await Promise.all([judge(strong), judge(weak)])
    expect(better.overallScore).toBeGreaterThan(worse.overallScore)
    const own = inputOf(strong).question.category
    expect(better.categories.find(({ name }) => name === own)?.passFlag).toBe('PASS')
  },
)

describe('by a wide margin', () => {
  const marginsOf = (valueOf: (result: DrillResult) => number): Promise<number[]> =>
    Promise.all(pairs.map(async ({ strong, weak }) => valueOf(await judge(strong)) - valueOf(await judge(weak))))

  test('in the score', async () => {
    expect(medianOf(await marginsOf(({ overallScore }) => overallScore))).toBeGreaterThanOrEqual(40)
  })

  /** The strong ones are longer, and length alone is not to carry it. */
  test.each<[DrillPartName, number]>([
    ['coverage', 50],
    ['structure', 20],
  ])('in %s by itself', async (name, least) => {
    expect(medianOf(await marginsOf((result) => partOf(result, name)?.score ?? Number.NaN))).toBeGreaterThanOrEqual(
      least,
    )
  })
})

test.each(answers.filter(({ quality }) => quality === 'refused'))('no score: $why', async (refused) => {
  await expect(judge(refused)).rejects.toMatchObject({ code: refused.code, isRetryable: false })
})

test('talks about other things get no score or a low one', async () => {
  const talks = labelledTranscripts.map(({ segments }) => segments.map(({ text }) => text).join('. '))
  const asked = ['angry-customer', 'busy-day'].map((questionKey) => ({ pack: 'job-interview', questionKey }))
  const scores = await Promise.all(
    asked.flatMap((question) =>
      talks.map((answer) =>
        judgeLocally(inputOf({ ...question, answer })).then(
          ({ overallScore }) => overallScore,
          () => 0,
        ),
      ),
    ),
  )
  expect(medianOf(scores)).toBeLessThanOrEqual(35)
})
