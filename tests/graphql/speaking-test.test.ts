/** A speaking test: started, answered task by task, over days and from any browser, ended, judged. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { runNow } from './a-recording.ts'
import { announce, createTestClock, startedSessionId, upload } from './a-session.ts'
import { mutate } from './mutations.ts'

const dayMs = 24 * 3_600_000
const time = createTestClock()
let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

interface Task {
  id: string
  index: number
  kind: string
  prompt: string
  imageUrl: string | null
  imageAlt: string | null
  prepareSeconds: number
  speakSeconds: number
  status: string
  recording: { part: number; startMs: number; sha256: string } | null
}

interface Test {
  __typename: string
  mode: string
  status: string
  title: string
  level: string
  durationSeconds: number | null
  tasks: Task[]
}

// oxlint-disable-next-line typescript/no-explicit-any
function start(level = 'B1', requestId = randomUUID() as string): Promise<any> {
  return mutate(client, 'startSession', { input: { requestId, activity: { speakingTest: { level } } } })
}

async function started(level = 'B1'): Promise<string> {
  return (await start(level)).session.id
}

async function read(sessionId: string): Promise<Test> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { __typename mode status title level durationSeconds ... on SpeakingTest { tasks {
      id index kind prompt imageUrl imageAlt prepareSeconds speakSeconds status recording { part startMs sha256 } } } } }`,
    { id: sessionId },
  )
  return session
}

async function task(sessionId: string, index: number): Promise<Task> {
  const found = (await read(sessionId)).tasks.find((each) => each.index === index)
  if (!found) throw new Error(`no task ${index}`)
  return found
}

/** Announces, uploads and completes the answer to a task. */
// oxlint-disable-next-line typescript/no-explicit-any
async function answer(sessionId: string, taskId: string, content = 'an answer'): Promise<any> {
  const presigned = await mutate(client, 'presignRecording', { input: announce(sessionId, content, { taskId }) })
  if (presigned.__typename !== 'PresignRecordingPayload') return presigned
  await upload(client.url, presigned, content)
  return mutate(client, 'completeRecording', { recordingId: presigned.recording.id })
}

describe('a speaking test', () => {
  it('has tasks of its level, in order, worded as its set, and no call', async () => {
    const answered = await start('B2')
    expect(answered).toMatchObject({ __typename: 'StartSessionPayload', clientSecret: null })
    const test = await read(answered.session.id)
    expect(test).toMatchObject({ __typename: 'SpeakingTest', mode: 'SPEAKING_TEST', status: 'ACTIVE', level: 'B2' })
    expect(test.tasks.map(({ index }) => index)).toEqual(test.tasks.map((_, index) => index + 1))
    expect(test.tasks.length).toBeGreaterThanOrEqual(5)
    expect(test.tasks.every(({ status, recording }) => status === 'TODO' && recording === null)).toBe(true)
    const pictures = test.tasks.filter(({ kind }) => kind === 'PICTURE')
    expect(pictures).toMatchObject([{ imageUrl: expect.stringMatching(/^\/speaking-tests\/b2-.*\.svg$/) }])
    expect(await mutate(client, 'mintClientSecret', { sessionId: answered.session.id })).toMatchObject({
      __typename: 'NotFoundFault',
    })
  })

  it('is the same for the same request, and a conflict for the same request with another level', async () => {
    const requestId = randomUUID()
    const first = await start('B1', requestId)
    expect((await start('B1', requestId)).session.id).toBe(first.session.id)
    expect(await start('C1', requestId)).toMatchObject({ __typename: 'ConflictFault' })
  })

  it.each(['A1', 'C2'])('is refused for %s, with the levels that there are', async (level) => {
    expect(await start(level)).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: ['level'], message: 'There are speaking tests for A2, B1, B2 and C1.' }],
    })
  })

  it('is another one each time until all of its level were had', async () => {
    const titles: string[] = []
    for (let count = 0; count < 5; count += 1) {
      const sessionId = await started('A2')
      titles.push((await read(sessionId)).title)
      await mutate(client, 'endSession', { input: { sessionId } })
    }
    expect(new Set(titles).size).toBe(5)
  })

  it('is refused while three of them are under way', async () => {
    for (let count = 0; count < 3; count += 1) await started()
    expect(await start()).toMatchObject({ __typename: 'LimitFault', limit: 3, used: 3 })
  })

  it('takes one answer a task, each in its own place, and knows which are done', async () => {
    const sessionId = await started()
    const [second, first] = [await task(sessionId, 2), await task(sessionId, 1)]
    expect(await answer(sessionId, second.id, 'the second')).toMatchObject({ __typename: 'CompleteRecordingPayload' })
    expect(await answer(sessionId, first.id, 'the first')).toMatchObject({ __typename: 'CompleteRecordingPayload' })
    const { tasks } = await read(sessionId)
    expect(tasks.slice(0, 3).map(({ status }) => status)).toEqual(['DONE', 'DONE', 'TODO'])
    expect(tasks.slice(0, 2).map(({ recording }) => recording)).toMatchObject([
      { part: 1, startMs: 0 },
      { part: 2, startMs: (first.speakSeconds + 10) * 1_000 },
    ])
    expect(await answer(sessionId, first.id, 'another first')).toMatchObject({ __typename: 'ConflictFault' })
    expect(await answer(sessionId, first.id, 'the first')).toMatchObject({ __typename: 'CompleteRecordingPayload' })
  })

  it('refuses an answer that names no task', async () => {
    expect(await mutate(client, 'presignRecording', { input: announce(await started(), 'audio') })).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: ['taskId'], message: 'Name the task of this test that it answers.' }],
    })
  })

  it.each([`TestTask_${randomUUID()}`, `Recording_${randomUUID()}`])('refuses an answer to %s', async (taskId) => {
    expect(await answer(await started(), taskId)).toMatchObject({ __typename: 'NotFoundFault' })
  })

  it('refuses an answer to the task of another test', async () => {
    const [one, other] = [await started(), await started()]
    expect(await answer(one, (await task(other, 1)).id)).toMatchObject({ __typename: 'NotFoundFault' })
  })

  it('is no place for what is said in a conversation, nor a conversation for answers', async () => {
    const conversation = await startedSessionId(client)
    const sessionId = await started()
    const { id } = await task(sessionId, 1)
    expect(await answer(conversation, id)).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: ['taskId'], message: 'A conversation has no tasks.' }],
    })
  })

  it('may be resumed for 30 days after the last sign of life, then it is given up with all it holds', async () => {
    const sessionId = await started()
    await answer(sessionId, (await task(sessionId, 1)).id)
    time.advance(29 * dayMs)
    await runNow(installation, 'abandon-sessions')
    expect(await mutate(client, 'keepAlive', { sessionId })).toMatchObject({ remainingSeconds: 30 * 24 * 3_600 })
    time.advance(29 * dayMs)
    await runNow(installation, 'abandon-sessions')
    expect((await read(sessionId)).status).toBe('ACTIVE')
    time.advance(2 * dayMs)
    await runNow(installation, 'abandon-sessions')
    const test = await read(sessionId)
    expect(test.status).toBe('ABANDONED')
    expect(test.tasks.slice(0, 2).map(({ status }) => status)).toEqual(['DONE', 'SKIPPED'])
  })

  it('lasts as long as was spoken, and what was not answered is skipped', async () => {
    const sessionId = await started()
    await answer(sessionId, (await task(sessionId, 1)).id)
    await answer(sessionId, (await task(sessionId, 3)).id)
    time.advance(3 * dayMs)
    expect(await mutate(client, 'endSession', { input: { sessionId } })).toMatchObject({
      session: { status: 'ENDED', durationSeconds: 6, evaluationStatus: 'PENDING' },
    })
    const { tasks } = await read(sessionId)
    expect(tasks.map(({ status }) => status)).toEqual(
      tasks.map((_, index) => (index % 2 === 0 && index < 3 ? 'DONE' : 'SKIPPED')),
    )
  })

  it('takes what the learner says they said in an answer, once for each', async () => {
    const sessionId = await started()
    const [one, two] = [await task(sessionId, 1), await task(sessionId, 2)]
    const first = await answer(sessionId, one.id, 'first')
    const second = await answer(sessionId, two.id, 'second')
    const tell = (recordingId: string | null, text: string) =>
      mutate(client, 'provideLearnerText', { input: { sessionId, recordingId, text } })
    expect(await tell(null, 'I live in a town.')).toMatchObject({ __typename: 'InvalidInputFault' })
    expect(await tell(first.recording.id, 'I live in a town.')).toMatchObject({
      __typename: 'ProvideLearnerTextPayload',
    })
    expect(await tell(second.recording.id, 'I like it there.')).toMatchObject({
      __typename: 'ProvideLearnerTextPayload',
    })
    expect(await tell(second.recording.id, 'I hate it there.')).toMatchObject({ __typename: 'ConflictFault' })
    const { session } = await client.ask(
      `query ($id: ID!) { session(id: $id) { transcript { segments { taskId text } }
        ... on SpeakingTest { tasks { segments { text } } } } }`,
      { id: sessionId },
    )
    expect(session.transcript.segments).toEqual([
      { taskId: one.id, text: 'I live in a town.' },
      { taskId: two.id, text: 'I like it there.' },
    ])
    expect(session.tasks.slice(0, 2)).toEqual([
      { segments: [{ text: 'I live in a town.' }] },
      { segments: [{ text: 'I like it there.' }] },
    ])
  })

  it('counts on the day of its start alone, and is none of the conversations that run', async () => {
    const sessionId = await started()
    const usage = async () => (await client.ask('{ viewer { usage { secondsUsed } } }')).viewer.usage.secondsUsed
    const total = (await read(sessionId)).tasks.reduce((sum, { speakSeconds }) => sum + speakSeconds, 0)
    expect(await usage()).toBe(total)
    time.advance(2 * dayMs)
    expect(await usage()).toBe(0)
  })
})
