/** Writing speech down by a service: what it is sent, and what becomes of each of its answers. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type OpenAiTranscriberOptions, transcribeByOpenAi } from '../../server/transcription/openai-transcriber.ts'
import type { TranscriptionError } from '../../server/transcription/transcriber.ts'
import { startTranscriptionService, type TranscriptionService } from './transcription-service.ts'

const rate = 16_000
const secret = 'My neighbour is called Ottokar'

let service: TranscriptionService
beforeAll(async () => {
  service = await startTranscriptionService()
})
beforeEach(() => {
  service.requests.splice(0)
  service.answers = []
})
afterAll(() => service.close())

/** A tone for each second that `isLoud` says, silence for the others. */
function sound(seconds: number, isLoud: (second: number) => boolean = () => true): Int16Array {
  return Int16Array.from({ length: seconds * rate }, (_, at) =>
    isLoud(Math.floor(at / rate)) ? Math.round(8_000 * Math.sin(at / 9)) : 0,
  )
}

function transcribe(
  samples: Int16Array,
  over: Partial<OpenAiTranscriberOptions> = {},
  signal = new AbortController().signal,
) {
  const { baseUrl } = service
  const options = { baseUrl, apiKey: 'sk-1', provider: 'example.org', model: 'gpt-transcribe', givesTimes: false }
  return transcribeByOpenAi({ ...options, ...over }, samples, signal)
}

function faultOf(over: Partial<OpenAiTranscriberOptions> = {}): Promise<TranscriptionError> {
  return transcribe(sound(1), { maxRetries: 0, ...over }).then(
    () => expect.fail('it was transcribed'),
    (error: unknown) => error as TranscriptionError,
  )
}

describe('a model that tells no times', () => {
  it('is sent the sound as it is, and gives one passage over all of it', async () => {
    service.answers = [{ status: 200, body: { text: ' I like  rice. ', languages: [{ code: 'en' }] } }]
    const samples = sound(2)
    expect(await transcribe(samples)).toEqual({
      provider: 'example.org',
      model: 'gpt-transcribe',
      language: 'en',
      passages: [{ text: 'I like rice.', startMs: 0, endMs: 2_000, words: null }],
    })
    const [request] = service.requests
    expect(request?.authorization).toBe('Bearer sk-1')
    expect(request?.samples).toEqual(samples)
    expect(request?.fields).toMatchObject({ model: 'gpt-transcribe', language: 'en', response_format: 'json' })
    expect(request?.fields).not.toHaveProperty('timestamp_granularities[]')
  })

  it('gives no passage for nothing', async () => {
    service.answers = [{ status: 200, body: { text: '' } }]
    expect((await transcribe(sound(1))).passages).toEqual([])
  })
})

describe('a model that tells times', () => {
  const whisper = { model: 'whisper-1', givesTimes: true }
  const body = {
    language: 'english',
    text: 'I like rice. It’s good!',
    segments: [
      { start: 0, end: 1.5, text: ' I like rice.' },
      { start: 1.5, end: 3, text: ' It’s good!' },
    ],
    words: [
      { word: 'I', start: 0.1, end: 0.2 },
      { word: 'like', start: 0.2, end: 0.5 },
      { word: 'rice', start: 0.5, end: 1 },
      { word: "It's", start: 1.6, end: 2 },
      { word: 'good', start: 2, end: 2.5 },
    ],
  }

  it('is asked for them; the text keeps its punctuation', async () => {
    service.answers = [{ status: 200, body }]
    const { passages, language } = await transcribe(sound(3), whisper)
    expect(service.requests[0]?.fields).toMatchObject({
      response_format: 'verbose_json',
      'timestamp_granularities[]': 'word,segment',
    })
    expect(language).toBe('en')
    expect(passages.map(({ text, startMs, endMs }) => ({ text, startMs, endMs }))).toEqual([
      { text: 'I like rice.', startMs: 0, endMs: 1_500 },
      { text: 'It’s good!', startMs: 1_500, endMs: 3_000 },
    ])
    expect(passages[0]?.words?.at(-1)).toEqual({ word: 'rice.', startMs: 500, endMs: 1_000 })
    expect(passages[1]?.words?.[0]).toEqual({ word: 'It’s', startMs: 1_600, endMs: 2_000 })
  })

  it('gives a passage without times for its words where they are others than those of the text', async () => {
    service.answers = [{ status: 200, body: { ...body, words: body.words.slice(1) } }]
    expect((await transcribe(sound(3), whisper)).passages.map(({ words }) => words === null)).toEqual([true, false])
  })
})

describe('a long recording', () => {
  it('is sent in parts that are cut where it is quiet, and its times are those of the whole', async () => {
    service.answers = ['one', 'two', 'three'].map((text) => ({ status: 200, body: { text } }))
    // Silent in the seconds 170 and 340.
    const { passages } = await transcribe(sound(400, (second) => second !== 170 && second !== 340))
    const lengths = service.requests.map(({ samples }) => samples.length / rate)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(180)
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(400)
    expect(passages.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect(Math.floor((passages[1]?.startMs ?? 0) / 1_000)).toBe(170)
    expect(Math.floor((passages[2]?.startMs ?? 0) / 1_000)).toBe(340)
    expect(passages[2]?.endMs).toBe(400_000)
  })

  it('is not sent where it is silent', async () => {
    service.answers = [{ status: 200, body: { text: 'Thank you for watching.' } }]
    expect((await transcribe(sound(200, () => false))).passages).toEqual([])
    expect(service.requests).toEqual([])
  })
})

describe('a service that fails', () => {
  const refusal = (code: string | null = null) => ({ error: { message: secret, code, type: 'x', param: null } })

  it.each<[string, number, unknown, string, boolean]>([
    ['is busy', 429, refusal('rate_limit_exceeded'), 'TRANSCRIBER_UNAVAILABLE', true],
    ['has a fault of its own', 500, refusal(), 'TRANSCRIBER_UNAVAILABLE', true],
    ['is away', 503, 'down', 'TRANSCRIBER_UNAVAILABLE', true],
    ['has no quota left', 429, refusal('insufficient_quota'), 'TRANSCRIBER_REFUSED', false],
    ['refuses the key', 401, refusal('invalid_api_key'), 'TRANSCRIBER_REFUSED', false],
    ['forbids it', 403, refusal(), 'TRANSCRIBER_REFUSED', false],
    ['wants smaller files', 413, refusal(), 'RECORDING_TOO_LONG', false],
    ['refuses the sound', 400, refusal(), 'TRANSCRIBER_REJECTED', false],
    ['has no such model', 404, refusal('model_not_found'), 'TRANSCRIBER_REJECTED', false],
    ['answers a page', 200, '<html>', 'TRANSCRIBER_INVALID', false],
    ['answers something else', 200, { transcript: secret }, 'TRANSCRIBER_INVALID', false],
    ['answers times that are none', 200, { text: secret, segments: [{ start: -1 }] }, 'TRANSCRIBER_INVALID', false],
  ])('because it %s', async (_what, status, body, code, isRetryable) => {
    service.answers = [{ status, body }]
    const fault = await faultOf()
    expect(fault).toMatchObject({ name: 'TranscriptionError', code, isRetryable })
    expect(`${fault.stack} ${JSON.stringify(fault)}`).not.toContain('Ottokar')
    expect(fault.cause).toBeUndefined()
    expect(service.requests).toHaveLength(1)
  })

  it('because it cuts the connection, or does not answer in time, may do so later', async () => {
    service.answers = ['cut', 'silence']
    expect(await faultOf()).toMatchObject({ code: 'TRANSCRIBER_UNAVAILABLE', isRetryable: true })
    expect(await faultOf({ timeoutMs: 50 })).toMatchObject({ code: 'TRANSCRIBER_UNAVAILABLE', isRetryable: true })
  })

  it('for a moment is asked again', async () => {
    const headers = { 'retry-after-ms': '1' }
    service.answers = [
      { status: 429, headers, body: refusal() },
      { status: 502, headers, body: refusal() },
      { status: 200, body: { text: 'Here.' } },
    ]
    expect((await transcribe(sound(1))).passages[0]?.text).toBe('Here.')
    expect(service.requests).toHaveLength(3)
  })

  it('is left when nobody waits any more', async () => {
    service.answers = ['silence']
    const stopped = new AbortController()
    const transcribed = transcribe(sound(1), {}, stopped.signal)
    await expect.poll(() => service.requests.length).toBe(1)
    stopped.abort(new Error('enough'))
    await expect(transcribed).rejects.toThrow('enough')
  })
})
