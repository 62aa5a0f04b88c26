/** A drill as a new installation offers it: its own pack, its own scorer, and answers of all kinds. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { answeredDrillId, settledDrill } from './a-drill.ts'

let installation: TestInstallation
let client: GraphqlClient
/** Global ids by the key of the question. */
let questions: Map<string, string>

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
  const { drillQuestions } = await client.ask(
    '{ drillQuestions(first: 100) { edges { node { question { id key } } } } }',
  )
  questions = new Map(
    drillQuestions.edges.map(({ node }: { node: { question: { id: string; key: string } } }) => [
      node.question.key,
      node.question.id,
    ]),
  )
})
afterAll(() => installation.close())

interface WrittenAnswer {
  questionKey: string
  quality: string
  answer: string
}

/** The first question that has both. */
async function readPair(): Promise<{ questionId: string; strong: string; weak: string }> {
  const { answers } = JSON.parse(await readFile('tests/evaluation/drill-answers/job-interview.json', 'utf8')) as {
    answers: WrittenAnswer[]
  }
  const [{ questionKey } = { questionKey: '' }] = answers
  const textOf = (quality: string): string =>
    answers.find((each) => each.questionKey === questionKey && each.quality === quality)?.answer ?? ''
  return { questionId: questions.get(questionKey) ?? '', strong: textOf('strong'), weak: textOf('weak') }
}

it('tells a weak answer from a strong one, and the strong one what has changed', async () => {
  const { questionId, strong, weak } = await readPair()
  const first = await settledDrill(client, await answeredDrillId(client, questionId, weak))
  const second = await settledDrill(client, await answeredDrillId(client, questionId, strong))
  expect(first.evaluation.modelUsed).toMatch(/^local-drill\/\d+$/)
  expect(second.evaluation.overallScore).toBeGreaterThan(first.evaluation.overallScore)
  expect(first.evaluation.sinceLastAttempt).toBeNull()
  expect(second.evaluation.sinceLastAttempt).toMatchObject({
    scoreChange: second.evaluation.overallScore - first.evaluation.overallScore,
    lines: expect.arrayContaining([expect.any(String)]),
  })
  for (const { evaluation } of [first, second]) {
    expect(evaluation.categories).toHaveLength(7)
    expect(evaluation.whatChanged.length).toBeLessThanOrEqual(3)
    expect(evaluation.practiceRule).toMatch(/\.$/)
    expect(evaluation.wpm).toBeNull()
  }
})

it('gives no number to an answer that says nothing', async () => {
  const [questionId = ''] = questions.values()
  const drill = await settledDrill(client, await answeredDrillId(client, questionId, 'No idea.'), 'FAILED')
  expect(drill.evaluation).toBeNull()
  expect(drill.evaluationFailure).toMatchObject({ message: expect.stringMatching(/^[A-Z].*\.$/), retryable: false })
})
