/** The list of questions: the active pack's, with what the viewer made of each, and of nobody else's drills. */
import { graphql } from 'graphql'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { schema } from '../../schema/index.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import {
  answeredDrillId,
  createScriptedScorer,
  settledDrill,
  startedDrillId,
  storePack,
  type StoredPack,
} from './a-drill.ts'

let installation: TestInstallation
let client: GraphqlClient
let pack: StoredPack

beforeAll(async () => {
  installation = await startTestInstallation({ over: { drillEvaluator: createScriptedScorer() } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  pack = await storePack(installation, { name: crypto.randomUUID() })
})
afterAll(() => installation.close())

const document = /* GraphQL */ `
  query ($category: String, $first: Int, $after: String) {
    drillQuestions(category: $category, first: $first, after: $after) {
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          attempts
          bestScore
          question {
            id
            key
            category
          }
          lastTry {
            id
            drillStatus
            evaluation {
              ... on DrillEvaluation {
                overallScore
              }
            }
          }
        }
      }
    }
  }
`

// oxlint-disable-next-line typescript/no-explicit-any
async function list(variables: Record<string, unknown> = {}, who = client): Promise<any> {
  return (await who.ask(document, variables)).drillQuestions
}

// oxlint-disable-next-line typescript/no-explicit-any
const keysOf = (page: any): string[] => page.edges.map(({ node }: any) => node.question.key)

it('holds every question of the active pack in its order, untried at first', async () => {
  const page = await list()
  expect(keysOf(page)).toEqual(['question-1', 'question-2', 'question-3'])
  for (const { node } of page.edges) expect(node).toMatchObject({ attempts: 0, bestScore: null, lastTry: null })
})

it('gives the best score of all tries and the newest try, of the viewer alone', async () => {
  const [question] = pack.questions
  for (const score of [40, 80, 60])
    await settledDrill(client, await answeredDrillId(client, question, `An answer worth ${score}.`))
  const lastId = await answeredDrillId(client, question, 'An answer worth 70.')
  await settledDrill(client, lastId)
  await startedDrillId(client, question)
  const { edges } = await list()
  expect(edges[0].node).toMatchObject({
    attempts: 4,
    bestScore: 80,
    lastTry: { id: lastId, drillStatus: 'COMPLETED', evaluation: { overallScore: 70 } },
  })
  expect(edges[1].node).toMatchObject({ attempts: 0, bestScore: null, lastTry: null })
  const stranger = await list({}, await signUpClient(installation.url))
  expect(stranger.edges[0].node).toMatchObject({ attempts: 0, bestScore: null, lastTry: null })
})

it('counts the tries at the same question in an earlier version of the pack', async () => {
  const name = crypto.randomUUID()
  const former = await storePack(installation, { name, version: '1.0.0' })
  await settledDrill(client, await answeredDrillId(client, former.questions[1], 'An answer worth 90.'))
  const next = await storePack(installation, { name, version: '2.0.0' })
  const { edges } = await list()
  expect(edges[1].node).toMatchObject({ question: { id: next.questions[1] }, attempts: 1, bestScore: 90 })
  await storePack(installation, { name: 'another pack' })
  expect((await list()).edges[1].node).toMatchObject({ attempts: 0 })
})

it('leads to all tries at one question, in whichever version of the pack, through the history', async () => {
  const name = crypto.randomUUID()
  const former = await storePack(installation, { name, version: '1.0.0' })
  const first = await answeredDrillId(client, former.questions[0], 'Worth 40.')
  await answeredDrillId(client, former.questions[1], 'Worth 90.')
  const next = await storePack(installation, { name, version: '1.1.0' })
  const second = await answeredDrillId(client, next.questions[0], 'Worth 60.')
  const triesAt = async (questionId: string) => {
    const { viewer } = await client.ask(
      `query ($id: ID!) { viewer { history(filter: { questionId: $id }) { totalCount edges { node { id } } } } }`,
      { id: questionId },
    )
    return [viewer.history.totalCount, ...viewer.history.edges.map(({ node }: { node: { id: string } }) => node.id)]
  }
  expect(await triesAt(next.questions[0])).toEqual([2, second, first])
  expect(await triesAt(former.questions[0])).toEqual([2, second, first])
  expect(await triesAt(next.questions[2])).toEqual([0])
  expect(await triesAt(first)).toEqual([0])
})

it('is narrowed to a category, and paged', async () => {
  expect(keysOf(await list({ category: 'Evidence' }))).toEqual(['question-2'])
  expect(keysOf(await list({ category: 'nothing\u0000 of ours' }))).toEqual([])
  const first = await list({ first: 2 })
  expect([keysOf(first), first.pageInfo.hasNextPage]).toEqual([['question-1', 'question-2'], true])
  const rest = await list({ first: 2, after: first.pageInfo.endCursor })
  expect([keysOf(rest), rest.pageInfo]).toMatchObject([['question-3'], { hasNextPage: false, hasPreviousPage: true }])
})

it('needs a sign-in', async () => {
  client.cookie = null
  const { errors } = await client.send(document, {})
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
})

it('asks for the judgements of all last tries as one', async () => {
  const asked: unknown[][] = []
  const drill = (id: string) => ({
    id,
    mode: 'DRILL',
    status: 'ENDED',
    capSeconds: 1,
    evaluationId: `of ${id}`,
    evaluationStatus: 'COMPLETED',
  })
  const rows = ['a', 'b', 'c'].map((id) => ({
    id,
    key: id,
    category: 'x',
    position: 1,
    attempts: 1,
    bestScore: 1,
    evaluationCriteria: [],
    lastTry: drill(id),
  }))
  const services = {
    listDrillQuestions: async () => ({ questions: rows, hasMore: false }),
    findEvaluations: async (_viewer: unknown, ids: string[]) => {
      asked.push(ids)
      return new Map(ids.map((id) => [id, { id, kind: 'DRILL', result: { overallScore: 1 } }]))
    },
  }
  const contextValue = { viewer: { id: 'someone' }, services }
  const { errors } = await graphql({ schema, source: document, contextValue, variableValues: {} })
  expect(errors).toBeUndefined()
  expect(asked).toEqual([['of a', 'of b', 'of c']])
})
