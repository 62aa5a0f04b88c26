/** Document 004, "Drill Session Entity": who may start on what, how often, and what becomes of a drill that nobody answers. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runNow } from '../graphql/a-recording.ts'
import { bareId, createTestClock, lookUp } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import {
  answeredDrillId,
  createScriptedScorer,
  readDrill,
  startDrill,
  startedDrillId,
  storePack,
  type StoredPack,
  submit,
} from './a-drill.ts'

const hourMs = 3_600_000
const time = createTestClock()
let installation: TestInstallation
let client: GraphqlClient
let admin: GraphqlClient
let pack: StoredPack

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock, drillEvaluator: createScriptedScorer() } })
  pack = await storePack(installation)
  // The first account runs the installation.
  admin = await signUpClient(installation.url)
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

async function ownId(): Promise<string> {
  return bareId((await client.ask('{ viewer { id } }')).viewer.id)
}

describe('a drill', () => {
  it('asks one question of the active pack, and has no call, no level and no end', async () => {
    const started = await startDrill(client, pack.questions[1])
    expect(started).toMatchObject({ __typename: 'StartSessionPayload', clientSecret: null })
    expect(await readDrill(client, started.session.id)).toMatchObject({
      __typename: 'Drill',
      status: 'ACTIVE',
      drillStatus: 'STARTED',
      title: 'Tell me of a mistake.',
      level: null,
      durationSeconds: null,
      question: {
        id: pack.questions[1],
        key: 'question-2',
        category: 'Evidence',
        prompt: 'Tell me of a mistake.',
        expectedDurationSeconds: 60,
        evaluationCriteria: ['Names one example', 'Says what came of it'],
      },
      contentPackVersion: '1.0.0',
      response: null,
      submittedAt: null,
      completedAt: null,
      evaluationStatus: 'NONE',
    })
    expect(await mutate(client, 'mintClientSecret', { sessionId: started.session.id })).toMatchObject({
      __typename: 'NotFoundFault',
    })
  })

  it('is the same for the same request, and a conflict for the same request with another question', async () => {
    const requestId = randomUUID()
    const first = await startDrill(client, pack.questions[0], requestId)
    expect((await startDrill(client, pack.questions[0], requestId)).session.id).toBe(first.session.id)
    expect(await startDrill(client, pack.questions[1], requestId)).toMatchObject({ __typename: 'ConflictFault' })
  })

  it.each([`Question_${randomUUID()}`, `Topic_${randomUUID()}`, 'question-1'])('is not started on %s', async (id) => {
    expect(await startDrill(client, id)).toMatchObject({
      __typename: 'NotFoundFault',
      message: 'There is no such question. Choose another one.',
    })
  })

  it('is refused while twenty of them are open', async () => {
    for (let count = 0; count < 20; count += 1) await startedDrillId(client, pack.questions[0])
    expect(await startDrill(client, pack.questions[0])).toMatchObject({ __typename: 'LimitFault', limit: 20, used: 20 })
  })

  it('is started within the day’s time only, and takes none of it without an answer', async () => {
    const usage = async () => (await client.ask('{ viewer { usage { secondsUsed } } }')).viewer.usage.secondsUsed
    const sessionId = await startedDrillId(client, pack.questions[0])
    expect(await usage()).toBe(180)
    await mutate(client, 'endSession', { input: { sessionId } })
    expect(await usage()).toBe(0)
  })

  it('keeps the session among the others of the history, by mode', async () => {
    const sessionId = await startedDrillId(client, pack.questions[0])
    const { viewer } = await client.ask(`{ viewer {
      drills: history(filter: { modes: [DRILL] }) { totalCount edges { node { id mode title level } } }
      talks: history(filter: { modes: [CONVERSATION] }) { totalCount } } }`)
    expect(viewer.talks.totalCount).toBe(0)
    expect(viewer.drills).toEqual({
      totalCount: 1,
      edges: [{ node: { id: sessionId, mode: 'DRILL', title: 'Why this job?', level: null } }],
    })
  })
})

describe('Business rule 1: a LOCKED account', () => {
  it('cannot start a drill nor have one judged anew, and reads what there would be', async () => {
    const sessionId = await answeredDrillId(client, pack.questions[0], 'Before.')
    const locked = { userId: `User_${await ownId()}`, entitlement: 'LOCKED' }
    expect(await mutate(admin, 'setEntitlement', locked)).toMatchObject({ user: { entitlement: 'LOCKED' } })
    expect(await startDrill(client, pack.questions[0])).toMatchObject({
      __typename: 'EntitlementFault',
      required: 'BASIC',
    })
    expect(await mutate(client, 'requestEvaluation', { sessionId })).toMatchObject({ __typename: 'EntitlementFault' })
    const { drillQuestions } = await client.ask('{ drillQuestions { edges { node { question { key } } } } }')
    expect(drillQuestions.edges).toHaveLength(3)
  })
})

describe('the question', () => {
  it('of a draft is tried by whoever uploaded it, with PRO, and by administrators; for everyone else it does not exist', async () => {
    const draft = await storePack(installation, {
      name: `draft ${randomUUID()}`,
      status: 'DRAFT',
      uploadedBy: await ownId(),
    })
    expect(await startDrill(await signUpClient(installation.url), draft.questions[0])).toMatchObject({
      __typename: 'NotFoundFault',
    })
    expect(await startDrill(client, draft.questions[0])).toMatchObject({
      __typename: 'EntitlementFault',
      required: 'PRO',
    })
    await lookUp(installation, `update users set entitlement = 'PRO' where id = $1`, [await ownId()])
    for (const who of [client, admin]) {
      const sessionId = await startedDrillId(who, draft.questions[0])
      expect(await readDrill(who, sessionId)).toMatchObject({
        question: { id: draft.questions[0] },
        title: 'Why this job?',
      })
    }
  })

  it('of a draft stays readable to whoever answered it, once its uploader is gone', async () => {
    const draft = await storePack(installation, {
      name: `draft ${randomUUID()}`,
      status: 'DRAFT',
      uploadedBy: await ownId(),
    })
    const sessionId = await startedDrillId(admin, draft.questions[0])
    await lookUp(installation, 'delete from users where id = $1', [await ownId()])
    expect(await readDrill(admin, sessionId)).toMatchObject({ question: { id: draft.questions[0] } })
  })

  it('of an archived pack stays with the drills that were made of it, and starts no other', async () => {
    const sessionId = await startedDrillId(client, pack.questions[2])
    const former = pack
    pack = await storePack(installation, { version: '1.1.0' })
    expect(await readDrill(client, sessionId)).toMatchObject({
      question: { id: former.questions[2] },
      contentPackVersion: '1.0.0',
    })
    expect(await startDrill(client, former.questions[2])).toMatchObject({
      __typename: 'ConflictFault',
      message: 'This question is of a pack that is no longer in use. Choose one of those that are listed now.',
    })
    expect((await submit(client, sessionId, { text: 'Still an answer.' })).__typename).toBe(
      'SubmitDrillResponsePayload',
    )
  })
})

describe('STARTED', () => {
  it('is left as FAILED, abandoned, when it is ended without an answer', async () => {
    const sessionId = await startedDrillId(client, pack.questions[0])
    expect(await mutate(client, 'endSession', { input: { sessionId, reason: 'COMPLETED' } })).toMatchObject({
      session: { status: 'ABANDONED', endReason: 'ABANDONED', durationSeconds: 0, evaluationStatus: 'NONE' },
    })
    expect(await readDrill(client, sessionId)).toMatchObject({ drillStatus: 'FAILED', submittedAt: null })
    expect(await mutate(client, 'requestEvaluation', { sessionId })).toMatchObject({
      __typename: 'ConflictFault',
      message: 'This question was never answered: there is nothing to give feedback on.',
    })
  })

  it('is given up 24 h after the last sign of life', async () => {
    const sessionId = await startedDrillId(client, pack.questions[0])
    time.advance(23 * hourMs)
    expect(await mutate(client, 'keepAlive', { sessionId })).toMatchObject({ remainingSeconds: 24 * 3_600 })
    time.advance(23 * hourMs)
    await runNow(installation, 'abandon-sessions')
    expect((await readDrill(client, sessionId)).status).toBe('ACTIVE')
    time.advance(2 * hourMs)
    await runNow(installation, 'abandon-sessions')
    expect(await readDrill(client, sessionId)).toMatchObject({ status: 'ABANDONED', drillStatus: 'FAILED' })
  })
})
