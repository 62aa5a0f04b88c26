/** Document 004, "Drill Response Entity": typed or recorded, once, and what follows from it in the same moment. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventsOf, storedRecordingId } from '../graphql/a-recording.ts'
import { announce, bareId, lookUp, startedSessionId, uploadedRecordingId } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import {
  createScriptedScorer,
  readDrill,
  rowOf,
  settledDrill,
  startedDrillId,
  storePack,
  type StoredPack,
  submit,
} from './a-drill.ts'

let installation: TestInstallation
let client: GraphqlClient
let pack: StoredPack
let sessionId: string

beforeAll(async () => {
  installation = await startTestInstallation({ over: { drillEvaluator: createScriptedScorer() } })
  pack = await storePack(installation)
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  sessionId = await startedDrillId(client, pack.questions[0])
})
afterAll(() => installation.close())

const stored = (content: string, over: Record<string, unknown> = {}): Promise<string> =>
  storedRecordingId(client, sessionId, Buffer.from(content), over)

async function responses(): Promise<unknown[]> {
  return lookUp(installation, 'select content, recording_id from drill_responses where session_id = $1', [
    bareId(sessionId),
  ])
}

describe('a typed answer', () => {
  it('ends the drill, stands in the transcript, and is judged', async () => {
    expect(await submit(client, sessionId, { text: '  I like\n\nthe work.  ' })).toMatchObject({
      __typename: 'SubmitDrillResponsePayload',
      drill: { id: sessionId, status: 'ENDED', drillStatus: 'SUBMITTED', evaluationStatus: 'PENDING' },
    })
    const drill = await settledDrill(client, sessionId)
    expect(drill).toMatchObject({
      status: 'ENDED',
      endReason: 'COMPLETED',
      hasAudio: false,
      response: { text: 'I like\n\nthe work.', recording: null, audioDurationSeconds: null, wordCount: 4 },
      transcript: { segments: [{ speaker: 'LEARNER', source: 'TYPED', text: 'I like the work.', final: true }] },
      segmentCount: 1,
    })
    expect(drill.submittedAt).toBe(drill.response.createdAt)
    expect(Date.parse(drill.completedAt)).toBeGreaterThanOrEqual(Date.parse(drill.submittedAt))
  })

  it('is found by the search of the history', async () => {
    await submit(client, sessionId, { text: 'My grandmother kept bees.' })
    const { viewer } = await client.ask(
      `{ viewer { history(filter: { search: "kept bees" }) { edges { node { id } } } } }`,
    )
    expect(viewer.history.edges).toEqual([{ node: { id: sessionId } }])
  })

  it.each([
    ['', 'Write your answer first.'],
    [' \n\t ', 'Write your answer first.'],
    ['a'.repeat(20_001), 'At most 20,000 characters.'],
    ['nothing\u0000 more', 'Text has no null character.'],
  ])('is not %j', async (text, message) => {
    expect(await submit(client, sessionId, { text })).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: ['response', 'text'], message }],
    })
    expect(await rowOf(installation, sessionId)).toMatchObject({ status: 'ACTIVE', evaluation_status: 'NONE' })
    expect(await responses()).toEqual([])
  })

  it('has up to 20,000 characters', async () => {
    expect(await submit(client, sessionId, { text: 'a'.repeat(20_000) })).toMatchObject({
      __typename: 'SubmitDrillResponsePayload',
    })
  })
})

describe('a recorded answer', () => {
  it('ends the drill, which lasts as long as it', async () => {
    const recordingId = await stored('an answer', { durationSeconds: 42 })
    expect(await submit(client, sessionId, { recordingId })).toMatchObject({ drill: { status: 'ENDED' } })
    expect(await readDrill(client, sessionId)).toMatchObject({
      hasAudio: true,
      durationSeconds: 42,
      recording: { id: recordingId },
      response: { text: null, recording: { id: recordingId }, audioDurationSeconds: 42, wordCount: null },
    })
  })

  it('is the try that was submitted, of as many as there were', async () => {
    await stored('the first try')
    const second = await stored('the second try', { part: 2, startMs: 7_000 })
    await submit(client, sessionId, { recordingId: second })
    expect(await readDrill(client, sessionId)).toMatchObject({ recording: { id: second } })
    expect(
      await lookUp(
        installation,
        'select part, start_ms, is_primary from recordings where session_id = $1 order by part',
        [bareId(sessionId)],
      ),
    ).toEqual([
      { part: 1, start_ms: 0, is_primary: false },
      { part: 2, start_ms: 0, is_primary: true },
    ])
  })

  it('is not one that is not stored yet', async () => {
    const recordingId = await uploadedRecordingId(client, sessionId)
    expect(await submit(client, sessionId, { recordingId })).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [
        {
          path: ['response', 'recordingId'],
          message: 'This recording is not stored yet. Complete its upload first.',
        },
      ],
    })
  })

  it('is not the recording of another session, nor one that does not exist', async () => {
    const recordingId = await stored('an answer')
    const other = await startedDrillId(client, pack.questions[1])
    for (const id of [recordingId, `Recording_${randomUUID()}`, sessionId])
      expect(await submit(client, other, { recordingId: id })).toMatchObject({ __typename: 'NotFoundFault' })
    expect((await readDrill(client, other)).status).toBe('ACTIVE')
  })

  it('is not longer than twice the expected time, and a minute', async () => {
    const presign = (durationSeconds: number) =>
      mutate(client, 'presignRecording', { input: announce(sessionId, 'long', { durationSeconds }) })
    expect(await presign(241)).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: ['durationSeconds'], message: 'A recording of this session lasts at most 240 s.' }],
    })
    expect(await presign(240)).toMatchObject({ __typename: 'PresignRecordingPayload' })
  })

  it('has no task, and none is announced after the end', async () => {
    const presign = (over: Record<string, unknown>) =>
      mutate(client, 'presignRecording', { input: announce(sessionId, 'more', over) })
    expect(await presign({ taskId: `TestTask_${randomUUID()}` })).toMatchObject({
      issues: [{ path: ['taskId'], message: 'A drill has no tasks.' }],
    })
    await submit(client, sessionId, { text: 'Typed after all.' })
    expect(await presign({})).toMatchObject({
      __typename: 'ConflictFault',
      message: 'This drill has ended. It takes no other recording any more.',
    })
  })
})

describe('Relationship 2: a drill has one answer', () => {
  it('the same again changes nothing', async () => {
    await submit(client, sessionId, { text: 'Once.' })
    const before = await settledDrill(client, sessionId)
    expect(await submit(client, sessionId, { text: ' Once. ' })).toMatchObject({
      __typename: 'SubmitDrillResponsePayload',
      drill: { drillStatus: 'COMPLETED' },
    })
    expect(await readDrill(client, sessionId)).toEqual(before)
    expect(await responses()).toHaveLength(1)
  })

  it('another one is refused, typed or recorded', async () => {
    const recordingId = await stored('an answer')
    await submit(client, sessionId, { text: 'Once.' })
    for (const other of [{ text: 'Twice.' }, { recordingId }])
      expect(await submit(client, sessionId, other)).toMatchObject({
        __typename: 'SessionNotActiveFault',
        status: 'ENDED',
        message: 'This drill is answered already. Start it anew to answer again.',
      })
    expect(await responses()).toEqual([{ content: 'Once.', recording_id: null }])
  })

  it('of two that are sent at once, one is taken', async () => {
    const answers = await Promise.all(['one', 'two', 'three'].map((text) => submit(client, sessionId, { text })))
    const names = answers.map(({ __typename }) => __typename).sort()
    expect(names).toEqual(['SessionNotActiveFault', 'SessionNotActiveFault', 'SubmitDrillResponsePayload'])
    expect(await responses()).toHaveLength(1)
  })

  it('one that has ended without takes none', async () => {
    await mutate(client, 'endSession', { input: { sessionId } })
    expect(await submit(client, sessionId, { text: 'Too late.' })).toMatchObject({
      __typename: 'SessionNotActiveFault',
      status: 'ABANDONED',
    })
  })

  it('no other kind of session has one', async () => {
    const conversation = await startedSessionId(client)
    for (const id of [conversation, `Drill_${bareId(conversation)}`])
      expect(await submit(client, id, { text: 'Hello.' })).toMatchObject({ __typename: 'NotFoundFault' })
  })
})

it('is written together with the end and the judgement that is due, or not at all', async () => {
  await lookUp(
    installation,
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
  )
  await lookUp(
    installation,
    `create trigger refuse before insert on session_events for each row when (new.type = 'end') execute function refuse()`,
  )
  try {
    const { errors } = await client.send(
      `mutation ($input: SubmitDrillResponseInput!) { submitDrillResponse(input: $input) { __typename } }`,
      { input: { sessionId, response: { text: 'Half of it.' } } },
    )
    expect(errors).toHaveLength(1)
  } finally {
    await lookUp(installation, 'drop trigger refuse on session_events; drop function refuse()')
  }
  expect(await readDrill(client, sessionId)).toMatchObject({ drillStatus: 'STARTED', response: null, segmentCount: 0 })
  expect((await submit(client, sessionId, { text: 'All of it.' })).__typename).toBe('SubmitDrillResponsePayload')
})

it('leaves a trail of what happened, by numbers and codes alone', async () => {
  await submit(client, sessionId, { text: 'My grandmother kept bees, worth 70.' })
  await settledDrill(client, sessionId)
  expect(await eventsOf(client, sessionId, 'start')).toMatchObject([
    { detail: { mode: 'DRILL', version: '1.0.0', capSeconds: 180 } },
  ])
  expect(await eventsOf(client, sessionId, 'submit')).toEqual([{ type: 'submit', detail: { words: 6 } }])
  expect(await eventsOf(client, sessionId, 'evaluate')).toEqual([
    { type: 'evaluate', detail: { scorer: 'scripted/1', processingMs: expect.any(Number), score: 70 } },
  ])
  expect(installation.logs.join()).not.toContain('bees')
})
