/** Whether anyone can transcribe on an installation, and who it is. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTranscriber } from '../../server/transcription/create-transcriber.ts'
import type { Transcriber } from '../../server/transcription/transcriber.ts'
import { createTestClock } from '../graphql/a-session.ts'
import { startTranscriptionService, type TranscriptionService } from './transcription-service.ts'

const noise = Int16Array.from({ length: 16_000 }, (_, at) => ((at * 7_919) % 4_001) - 2_000)
const { clock, advance } = createTestClock()

let service: TranscriptionService
beforeEach(async () => {
  service = await startTranscriptionService()
})
afterEach(() => service.close())

function create(isBuiltIn: boolean, model = 'gpt-transcribe'): Transcriber {
  return createTranscriber({ baseUrl: service.baseUrl, apiKey: 'key', isBuiltIn, model, clock })
}

it('a service from outside is there without being asked', async () => {
  expect(await create(false).isAvailable()).toBe(true)
  expect(service.modelRequests).toBe(0)
})

it.each([
  ['gpt-transcribe', 'json'],
  ['whisper-large-v3', 'verbose_json'],
])('a service from outside is asked for what %s can tell', async (model, format) => {
  service.answers = [{ status: 200, body: { text: 'Hello.' } }]
  const transcription = await create(false, model).transcribe(noise, new AbortController().signal)
  expect(transcription).toMatchObject({ provider: '127.0.0.1', model })
  expect(service.requests[0]?.fields['response_format']).toBe(format)
})

it('the built-in partner is, within a minute of having got a speech model, whose name the transcript bears', async () => {
  const transcriber = create(true)
  expect(await transcriber.isAvailable()).toBe(false)
  service.models = ['Whisper tiny.en']
  advance(59_999)
  expect(await transcriber.isAvailable()).toBe(false)
  expect(service.modelRequests).toBe(1)
  advance(1)
  expect(await transcriber.isAvailable()).toBe(true)
  service.answers = [{ status: 200, body: { text: 'Hello.', segments: [{ start: 0, end: 1, text: 'Hello.' }] } }]
  const transcription = await transcriber.transcribe(noise, new AbortController().signal)
  expect(transcription).toMatchObject({ provider: 'parley', model: 'Whisper tiny.en' })
})

it('a built-in partner that is away is asked again at once, and what it was to transcribe can be tried again', async () => {
  const transcriber = create(true)
  await service.close()
  expect(await transcriber.isAvailable()).toBe(true)
  await expect(transcriber.transcribe(noise, new AbortController().signal)).rejects.toMatchObject({
    code: 'TRANSCRIBER_UNAVAILABLE',
    isRetryable: true,
  })
  service = await startTranscriptionService(Number(new URL(service.baseUrl).port))
  service.models = ['Whisper tiny.en']
  service.answers = [{ status: 200, body: { text: 'Hello.' } }]
  const { passages } = await transcriber.transcribe(noise, new AbortController().signal)
  expect(passages).toMatchObject([{ text: 'Hello.' }])
})
