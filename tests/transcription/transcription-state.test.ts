/** Where the writing down of an answer stands, as its learner sees it: on the way, failed with a reason, tried again, done. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from 'graphql-ws'
import { eventsOf, runNow, settled, storedRecordingId } from '../graphql/a-recording.ts'
import { bareId, lookUp } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { openStream, type Stream } from '../subscriptions/stream.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeAacRecording } from '../support/aac-recording.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { startTranscriptionService, type ServiceAnswer, type TranscriptionService } from './transcription-service.ts'

const hourMs = 3_600_000
const written: ServiceAnswer = { status: 200, body: { text: 'I get up early.', segments: [] } }
const refused: ServiceAnswer = { status: 401, body: { error: { message: 'no' } } }
const settledStates = ['NONE', 'COMPLETED', 'FAILED']

let service: TranscriptionService
let installation: TestInstallation
let client: GraphqlClient
let socket: Client
let sound: Buffer<ArrayBuffer>
let sessionId: string
/** Real time, that goes on faster where a test says so. */
let aheadMs = 0
beforeAll(async () => {
  service = await startTranscriptionService()
  const clock = (): Date => new Date(Date.now() + aheadMs)
  const realtime = { baseUrl: service.baseUrl, apiKey: 'key', isBuiltIn: true }
  installation = await startTestInstallation({ over: { realtime, clock } })
  sound = await makeSoundingRecording(...speakFor('plain', 4))
})
beforeEach(async () => {
  service.models = ['Two words']
  service.answers = [written]
  client = await signUpClient(installation.url)
  socket = client.openSocket()
  const input = { requestId: randomUUID(), activity: { speakingTest: { level: 'B1' } } }
  sessionId = (await mutate(client, 'startSession', { input })).session.id
})
afterEach(async () => {
  await socket.dispose()
})
afterAll(async () => {
  await installation.close()
  await service.close()
})

interface Answer {
  id: string
  quality: string
  transcriptionStatus: string
  transcriptionFailure: { code: string; message: string; retryable: boolean; at: string } | null
}

const answerFields = 'recordings { id quality transcriptionStatus transcriptionFailure { code message retryable at } }'

const follow = (): Stream<{ recordings: Answer[] }> =>
  openStream(
    socket,
    'sessionUpdated',
    `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { id ${answerFields} } }`,
    { id: sessionId },
  )

async function read(): Promise<Answer | undefined> {
  const { session } = await client.ask(`query ($id: ID!) { session(id: $id) { ${answerFields} } }`, { id: sessionId })
  return session.recordings[0]
}

async function answerTask(content = sound, mimeType = 'audio/webm;codecs=opus'): Promise<string> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { ... on SpeakingTest { tasks { id } } } }`,
    { id: sessionId },
  )
  return storedRecordingId(client, sessionId, content, { taskId: session.tasks[0].id, mimeType })
}

/** Once the state has no more to come. The queue has a clock of its own: what is ahead is done now. */
async function over(): Promise<Answer | undefined> {
  const update = `update graphile_worker._private_jobs set run_at = now() where key like 'transcribe-%' and locked_at is null`
  const isOver = async (): Promise<boolean> => {
    if (aheadMs > 0) await lookUp(installation, update)
    return settledStates.includes((await read())?.transcriptionStatus ?? '')
  }
  await expect.poll(isOver, { timeout: 20_000 }).toBe(true)
  return read()
}

async function words(): Promise<string[]> {
  const document = `query ($id: ID!) { session(id: $id) { transcript { segments { text } } } }`
  const { session } = await client.ask(document, { id: sessionId })
  return session.transcript.segments.map(({ text }: { text: string }) => text)
}

const set = (recordingId: string, change: string): Promise<unknown> =>
  lookUp(installation, `update recordings set ${change} where id = $1`, [bareId(recordingId)])

describe('an answer that is written down', () => {
  it('is under way and then done, which is pushed', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<ServiceAnswer>()
    service.answers = [held]
    const stream = follow()
    await answerTask()
    const last = (status: string) => (received: readonly { recordings: Answer[] }[]) =>
      received.at(-1)?.recordings[0]?.transcriptionStatus === status
    await stream.until(last('PROCESSING'))
    expect(await words()).toEqual([])
    release(written)
    await stream.until(last('COMPLETED'))
    expect(await words()).toEqual(['I get up early.'])
    stream.stop()
  })

  it('is done as well once its learner has typed the words', async () => {
    service.answers = [refused]
    const recordingId = await answerTask()
    expect((await over())?.transcriptionStatus).toBe('FAILED')
    await mutate(client, 'provideLearnerText', { input: { sessionId, recordingId, text: 'I like tea.' } })
    expect(await read()).toMatchObject({ transcriptionStatus: 'COMPLETED', transcriptionFailure: null })
    expect(await mutate(client, 'retryRecording', { recordingId })).toMatchObject({ __typename: 'ConflictFault' })
  })
})

describe('an answer that could not be written down', () => {
  it('says why, and what is safe; it is written down by another try', async () => {
    service.answers = [refused]
    const stream = follow()
    const recordingId = await answerTask()
    await stream.until((received) => received.at(-1)?.recordings[0]?.transcriptionStatus === 'FAILED')
    expect((await read())?.transcriptionFailure).toEqual({
      code: 'TRANSCRIBER_REFUSED',
      message: expect.stringContaining('Your recording is safe.'),
      retryable: true,
      at: expect.any(String),
    })
    service.answers = [written]
    const retried = await mutate(client, 'retryRecording', { recordingId })
    expect(retried).toMatchObject({ recording: { id: recordingId, transcriptionStatus: 'PENDING' } })
    await stream.until((received) => received.at(-1)?.recordings[0]?.transcriptionStatus === 'COMPLETED')
    expect(await words()).toEqual(['I get up early.'])
    expect(await eventsOf(client, sessionId, 'retry')).toEqual([
      { type: 'retry', detail: { part: 1, measure: false, transcribe: true } },
    ])
    stream.stop()
  })

  it('because a browser recorded AAC says so: what is kept, what is missing, and what helps next time', async () => {
    const recordingId = await answerTask(await makeAacRecording(), 'audio/mp4;codecs=mp4a.40.2')
    const kept = 'The recording is kept as it is: you can listen to it.'
    const todo = 'Next time use Safari from version 18.4 on, Chrome, Edge or Firefox: they record in one that can be.'
    const because = 'Its format cannot be decoded here: AAC.'
    expect((await over())?.transcriptionFailure).toMatchObject({
      code: 'UNKNOWN_CODEC',
      message: `${because} So what you said could not be written down: you can type it. ${kept} ${todo}`,
      retryable: false,
    })
    await settled(client, recordingId)
    const { node } = await client.ask(
      `query ($id: ID!) { node(id: $id) { ... on Recording { url measureFailure { code message retryable } } } }`,
      { id: recordingId },
    )
    expect(node).toEqual({
      url: expect.any(String),
      measureFailure: {
        code: 'UNKNOWN_CODEC',
        message: `${because} So your pauses could not be measured. ${kept} ${todo}`,
        retryable: false,
      },
    })
  })

  it('cannot be tried again while it is under way', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<ServiceAnswer>()
    service.answers = [held]
    const recordingId = await answerTask()
    await expect.poll(async () => (await read())?.transcriptionStatus, { timeout: 20_000 }).toBe('PROCESSING')
    expect(await mutate(client, 'retryRecording', { recordingId })).toMatchObject({
      __typename: 'ConflictFault',
      message: 'What you said is being written down already. It appears by itself.',
    })
    release(written)
    expect((await over())?.transcriptionStatus).toBe('COMPLETED')
  })
})

it('a recording that could not be measured is measured by another try, and written down by the same one', async () => {
  service.answers = [refused]
  const recordingId = await answerTask()
  await over()
  await settled(client, recordingId)
  const failure = { code: 'MEASURING_FAILED', message: 'It failed.', retryable: true, at: new Date().toISOString() }
  const unmeasured = `measured_at = null, measured_seconds = null, sample_rate = null, channels = null, measurement_key = null`
  await set(recordingId, `quality = 'MISSING', ${unmeasured}, measure_failure = '${JSON.stringify(failure)}'`)
  service.answers = [written]
  const { recording } = await mutate(client, 'retryRecording', { recordingId })
  expect(recording).toMatchObject({ quality: 'PENDING', transcriptionStatus: 'PENDING' })
  expect((await settled(client, recordingId)).quality).toBe('GOOD')
  expect((await over())?.transcriptionStatus).toBe('COMPLETED')
})

// These move the clock of the server, and come last: it never goes back.
describe('an answer, as time goes by,', () => {
  it('is not called under way where nothing can write it down', async () => {
    service.models = []
    aheadMs += hourMs
    await answerTask()
    expect(await over()).toMatchObject({ transcriptionStatus: 'NONE', transcriptionFailure: null })
  })

  it('that nothing here could write down is told so, until there is a speech model', async () => {
    service.models = []
    aheadMs += hourMs
    const recordingId = await answerTask()
    await over()
    expect(await mutate(client, 'retryRecording', { recordingId })).toMatchObject({
      __typename: 'ConflictFault',
      message: expect.stringContaining('Ask its administrator for a speech model.'),
    })
    service.models = ['Two words']
    aheadMs += hourMs
    await mutate(client, 'retryRecording', { recordingId })
    expect((await over())?.transcriptionStatus).toBe('COMPLETED')
  })

  it('whose job died is given up an hour later, and begun again where it was lost', async () => {
    service.answers = [refused]
    const recordingId = await answerTask()
    await over()
    await set(recordingId, `transcription_status = 'PROCESSING', transcription_failure = null`)
    await runNow(installation, 'recover-lost-work')
    expect((await read())?.transcriptionStatus).toBe('PROCESSING')
    aheadMs += 1.1 * hourMs
    await runNow(installation, 'recover-lost-work')
    expect(await read()).toMatchObject({ transcriptionStatus: 'FAILED', transcriptionFailure: { code: 'INTERNAL' } })
    await set(recordingId, `transcription_status = 'PENDING', transcription_failure = null`)
    service.answers = [written]
    aheadMs += 1.1 * hourMs
    await runNow(installation, 'recover-lost-work')
    expect((await over())?.transcriptionStatus).toBe('COMPLETED')
  })
})
