/** An export is of one moment: what goes on meanwhile neither waits for it nor stands in its way. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { answeredDrillId, createScriptedScorer, settledDrill, storePack } from '../drills/a-drill.ts'
import { append, type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { startedSessionId } from './a-session.ts'
import { askForExport, exportedFiles, jsonOf, spokenSessionId, WatchedStore } from './an-export.ts'
import { mutate } from './mutations.ts'

const store = new WatchedStore()
const scorer = createScriptedScorer()
/** The scorer judges once this is over. */
let held = Promise.withResolvers<void>()
let installation: TestInstallation
let learner: GraphqlClient

beforeAll(async () => {
  const drillEvaluator = {
    ...scorer,
    evaluate: async (...given: Parameters<typeof scorer.evaluate>) => {
      await held.promise
      return scorer.evaluate(...given)
    },
  }
  installation = await startTestInstallation({ over: { drillEvaluator }, wrapBlobs: (blobs) => store.watch(blobs) })
})
afterAll(() => installation.close())
beforeEach(async () => {
  learner = await signUpClient(installation.url, 'Marta')
  store.reset()
})

it('is as it was at one moment, while sessions go on', async () => {
  const running = await startedSessionId(learner)
  await append(learner, running, segmentInput('a', { text: 'before' }))
  await spokenSessionId(learner, 'ended')
  store.beforeRead = async () => {
    store.beforeRead = async () => undefined
    await append(learner, running, segmentInput('b', { text: 'after', startMs: 200, endMs: 300 }))
    await mutate(learner, 'endSession', { input: { sessionId: running } })
  }
  const files = await exportedFiles(learner, await askForExport(learner))
  const texts = [...files].filter(([path]) => path.endsWith('transcript.txt')).map(([, content]) => String(content))
  expect(texts.sort()).toEqual(['Learner: ended\n', 'Partner: before\n'])
  expect(jsonOf(files, 'manifest.json').sessions).toBe(2)
})

it('holds what there is while feedback is being made: the answer, then the feedback before this one', async () => {
  const { questions } = await storePack(installation)
  const said = 'I broke a vase, worth 70.'
  const drillId = await answeredDrillId(learner, questions[0], said)
  await settledDrill(learner, drillId, 'PROCESSING')
  const first = await feedbackIn(await askForExport(learner, drillId))
  held.resolve()
  await settledDrill(learner, drillId)
  held = Promise.withResolvers()
  await mutate(learner, 'requestEvaluation', { sessionId: drillId })
  await expect.poll(() => evaluationStatus(drillId)).toBe('PROCESSING')
  const second = await feedbackIn(await askForExport(learner))
  expect(await evaluationStatus(drillId)).toBe('PROCESSING')
  held.resolve()
  expect(first).toEqual({ answer: said, evaluations: [] })
  expect(second).toEqual({
    answer: said,
    evaluations: [expect.objectContaining({ result: expect.objectContaining({ overallScore: 70 }) })],
  })
  await expect.poll(() => evaluationStatus(drillId)).toBe('COMPLETED')
})

async function evaluationStatus(id: string): Promise<string> {
  const { session } = await learner.ask('query ($id: ID!) { session(id: $id) { evaluationStatus } }', { id })
  return session.evaluationStatus
}

/** Of an export that holds one session. */
async function feedbackIn(exportId: string): Promise<{ answer: string; evaluations: unknown[] }> {
  const files = await exportedFiles(learner, exportId)
  const folder = [...files.keys()].find((path) => path.endsWith('/session.json'))?.replace('/session.json', '')
  return {
    answer: jsonOf(files, `${folder}/session.json`).answer.text,
    evaluations: jsonOf(files, `${folder}/evaluations.json`),
  }
}
