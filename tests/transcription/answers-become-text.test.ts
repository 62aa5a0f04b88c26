/** Where somebody can transcribe, the answers of a speaking test become its transcript by themselves. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { storedRecordingId } from '../graphql/a-recording.ts'
import { mutate } from '../graphql/mutations.ts'
import { signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { startTranscriptionService, type TranscriptionService } from './transcription-service.ts'

let service: TranscriptionService
let installation: TestInstallation

beforeAll(async () => {
  service = await startTranscriptionService()
  const realtime = { baseUrl: service.baseUrl, apiKey: 'key', isBuiltIn: true }
  installation = await startTestInstallation({ over: { realtime } })
})
afterAll(async () => {
  await installation.close()
  await service.close()
})

const document = `query ($id: ID!) { session(id: $id) { segmentCount
  transcript { provider model language segments { text speaker source startMs final } }
  ... on SpeakingTest { tasks { id index recording { startMs } } } } }`

it('with their times and the one who wrote them down', async () => {
  service.models = ['Two words']
  const segments = [
    { start: 0, end: 0.5, text: 'I get up early.' },
    { start: 2, end: 2.5, text: 'Then I eat' },
  ]
  service.answers = [
    { status: 503, headers: { 'retry-after-ms': '1' }, body: {} },
    { status: 200, body: { text: 'all of it', language: 'english', segments } },
  ]
  const client = await signUpClient(installation.url)
  const input = { requestId: randomUUID(), activity: { speakingTest: { level: 'B1' } } }
  const { id } = (await mutate(client, 'startSession', { input })).session
  // oxlint-disable-next-line typescript/no-explicit-any
  const read = async (): Promise<any> => (await client.ask(document, { id })).session
  const task = (await read()).tasks[1]
  const sound = await makeSoundingRecording(...speakFor('plain', 4))
  await storedRecordingId(client, id, sound, { taskId: task.id })
  await expect.poll(async () => (await read()).segmentCount, { timeout: 20_000 }).toBe(2)
  const { transcript, tasks } = await read()
  const { startMs } = tasks[1].recording
  expect(startMs).toBeGreaterThan(0)
  const common = { speaker: 'LEARNER', source: 'RECOGNISED', final: true }
  expect(transcript).toEqual({
    provider: 'parley',
    model: 'Two words',
    language: 'en',
    segments: [
      { ...common, text: 'I get up early.', startMs: expect.closeTo(startMs, -2) },
      { ...common, text: 'Then I eat', startMs: expect.closeTo(startMs + 2_000, -2) },
    ],
  })
  expect(installation.logs.join('\n')).not.toContain('early')
})
