/** POST /v1/audio/transcriptions: a recording for its words, as OpenAI's clients ask for it. */
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpServer, type HttpParts } from '../../server/partner/http/http-server.ts'
import { startSpeechModel, type SpeechModel } from '../../server/partner/speech-model/speech-model.ts'
import { createTranscriber } from '../../server/partner/transcription/transcriber.ts'
import { toUtterances } from '../../server/partner/transcription/utterances.ts'
import { createTranscriber as createOurTranscriber } from '../../server/transcription/create-transcriber.ts'
import { toWavFile } from '../../server/transcription/wav-file.ts'
import { DEADLY_SAMPLE, makeModelFolder } from '../support/model-folder.ts'
import { PARTNER_KEY, startPartnerProcess } from '../support/partner-process.ts'
import { openSpeaker } from '../support/partner-speech.ts'
import { ALWAYS_HEARD, writeTinyModel } from '../support/tiny-speech-model.ts'

const RATE = 16_000
const SCRIPTED = fileURLToPath(new URL('../support/scripted-model-child.ts', import.meta.url))

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

type Model = Pick<SpeechModel, 'name' | 'recognise'>

/** The partner's HTTP surface over a model, without the rest. */
async function serve(model: Model | null, lines: string[] = []): Promise<string> {
  const transcriber = createTranscriber(model)
  const note = (event: string, fields: unknown) => void lines.push(`${event} ${JSON.stringify(fields)}`)
  const parts = { apiKey: PARTNER_KEY, allowedOrigins: [], transcriber, log: { info: note, error: note } }
  const server = createHttpServer(parts as unknown as HttpParts)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUps.push(async () => {
    server.closeAllConnections()
    server.close()
    await transcriber.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

function hears(recognise: SpeechModel['recognise']): Model {
  return { name: 'A model', recognise }
}

function toForm(file: Uint8Array<ArrayBuffer> | null, fields: Record<string, string> = {}): FormData {
  const form = new FormData()
  if (file) form.set('file', new Blob([file]), 'learner.wav')
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

function post(baseUrl: string, body: FormData | string, key = PARTNER_KEY): Promise<Response> {
  const headers = { authorization: `Bearer ${key}` }
  return fetch(`${baseUrl}/audio/transcriptions`, { method: 'POST', headers, body })
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code
}

/** Sentences with seconds of silence before each, and after the last. */
async function say(gapSeconds: number, ...sentences: string[]): Promise<Int16Array> {
  const speaker = openSpeaker()
  cleanUps.push(() => speaker.close())
  const gap = new Int16Array(gapSeconds * RATE)
  const spoken = await Promise.all(sentences.map((sentence) => speaker.say(sentence)))
  return Int16Array.from([...spoken.flatMap((pcm) => [...gap, ...pcm]), ...gap])
}

describe('what was said', () => {
  test('comes by utterances, each with its time, and nothing of it is in the log', async () => {
    const lines: string[] = []
    let count = 0
    const baseUrl = await serve(
      hears(async () => `heard ${++count}`),
      lines,
    )
    const samples = await say(2, 'I come from a small village.', 'We eat bread in the morning.')
    const response = await post(baseUrl, toForm(toWavFile(samples), { response_format: 'verbose_json' }))
    expect(response.status).toBe(200)
    const answer = (await response.json()) as { segments: { start: number; end: number; text: string }[] }
    expect(answer).toMatchObject({ text: 'heard 1 heard 2', language: 'english', duration: samples.length / RATE })
    expect(answer.segments.map(({ text }) => text)).toEqual(['heard 1', 'heard 2'])
    const [first, second] = answer.segments
    expect(first?.start).toBeCloseTo(1.8, 0)
    expect((second?.start ?? 0) - (first?.end ?? 0)).toBeGreaterThan(1.2)
    expect(second?.end).toBeLessThan(samples.length / RATE)
    expect(lines.join('\n')).not.toContain('heard')
  })

  test('comes as text alone, or as OpenAI’s own client takes it', async () => {
    const baseUrl = await serve(hears(async () => 'I had soup'))
    const wav = toWavFile(await say(1, 'I had soup.'))
    expect(await (await post(baseUrl, toForm(wav, { response_format: 'text' }))).text()).toBe('I had soup\n')
    const client = new OpenAI({ baseURL: baseUrl, apiKey: PARTNER_KEY, maxRetries: 0 })
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['A model'])
    const file = new File([wav], 'learner.wav', { type: 'audio/wav' })
    expect(await client.audio.transcriptions.create({ file, model: 'any' })).toEqual({ text: 'I had soup' })
  })

  test('is nothing where there is silence, which no model is asked about', async () => {
    const baseUrl = await serve(hears(() => expect.fail('it was asked')))
    const response = await post(baseUrl, toForm(toWavFile(new Int16Array(3 * RATE))))
    expect(await response.json()).toEqual({ text: '' })
  })
})

describe('speech without a pause', () => {
  test('is cut where it is quiet, in pieces that every model takes', () => {
    const samples = new Int16Array(50 * RATE).fill(9_000)
    samples.fill(0, 18 * RATE, 18.2 * RATE)
    samples.fill(0, 36 * RATE, 36.2 * RATE)
    const cuts = toUtterances(samples, [{ from: 0, to: samples.length }])
    expect(cuts.map(({ from }) => Math.floor(from / RATE))).toEqual([0, 18, 36])
    expect(cuts.at(-1)?.to).toBe(samples.length)
    for (const { from, to } of cuts) expect(to - from).toBeLessThanOrEqual(20 * RATE)
  })

  test('goes on over a short one', () => {
    const stretch = (from: number, to: number) => ({ from: from * RATE, to: to * RATE })
    const samples = new Int16Array(30 * RATE)
    const utterances = toUtterances(samples, [stretch(0, 2), stretch(2.5, 4), stretch(5, 6), stretch(6.1, 26)])
    expect(utterances.slice(0, 3)).toEqual([stretch(0, 4), stretch(5, 6), stretch(6.1, 26)])
  })
})

describe('what cannot be transcribed is refused', () => {
  const good = () => toWavFile(new Int16Array(RATE))
  const stereo = () => {
    const wav = Buffer.from(good())
    wav.writeUInt16LE(2, 22)
    return new Uint8Array(wav)
  }

  test.each<[string, () => FormData | string, number, string]>([
    ['no form', () => 'hello', 415, 'unsupported_content_type'],
    ['a form without a file', () => toForm(null, { model: 'any' }), 400, 'missing_file'],
    ['a file that is no WAV', () => toForm(Uint8Array.from({ length: 999 }, () => 1)), 400, 'invalid_audio'],
    ['sound of two channels', () => toForm(stereo()), 400, 'invalid_audio'],
    ['a format that is not written', () => toForm(good(), { response_format: 'vtt' }), 400, 'unsupported_value'],
    ['more than 25 MiB', () => toForm(new Uint8Array(26 * 1024 * 1024)), 413, 'request_too_large'],
  ])('%s', async (_what, body, status, code) => {
    const response = await post(await serve(hears(async () => 'never')), body())
    expect(response.status).toBe(status)
    expect(await codeOf(response)).toBe(code)
  })

  test('without the key, or with another', async () => {
    const baseUrl = await serve(hears(async () => 'never'))
    expect((await post(baseUrl, toForm(good()), 'wrong')).status).toBe(401)
    expect((await fetch(`${baseUrl}/models`)).status).toBe(401)
  })

  test('while another recording is transcribed, with the time after which to ask again', async () => {
    const asked = Promise.withResolvers<void>()
    const free = Promise.withResolvers<string>()
    const baseUrl = await serve(
      hears(() => {
        asked.resolve()
        return free.promise
      }),
    )
    const wav = toWavFile(await say(1, 'I had soup.'))
    const first = post(baseUrl, toForm(wav))
    await asked.promise
    const second = await post(baseUrl, toForm(wav))
    expect(second.status).toBe(429)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await codeOf(second)).toBe('transcriber_busy')
    free.resolve('soup')
    expect(await (await first).json()).toEqual({ text: 'soup' })
    expect((await post(baseUrl, toForm(wav))).status).toBe(200)
  })

  test('and nothing more is transcribed for one who has gone', async () => {
    const asked = Promise.withResolvers<void>()
    const free = Promise.withResolvers<string>()
    let count = 0
    const transcriber = createTranscriber(
      hears(() => {
        count += 1
        asked.resolve()
        return free.promise
      }),
    )
    cleanUps.push(() => transcriber.close())
    const gone = new AbortController()
    const done = transcriber.transcribe(await say(2, 'One.', 'Two.', 'Three.'), gone.signal)
    await asked.promise
    gone.abort(new Error('gone'))
    free.resolve('one')
    await expect(done).rejects.toThrow('gone')
    expect(count).toBe(1)
  })
})

test('a model that dies on the way is a fault of the moment, and once it is back all is well', async () => {
  const directory = await makeModelFolder()
  cleanUps.push(() => rm(directory, { recursive: true, force: true }))
  const model = startSpeechModel({
    directory,
    log: { info() {}, error() {} },
    entry: SCRIPTED,
    restartAfterMs: 1,
  })
  cleanUps.push(() => model.close())
  await model.firstStart
  let isDeadly = true
  const baseUrl = await serve({
    get name() {
      return model.name
    },
    recognise(utterance) {
      if (isDeadly) utterance[0] = DEADLY_SAMPLE
      return model.recognise(utterance)
    },
  })
  const wav = toWavFile(await say(1, 'I had soup.'))
  const response = await post(baseUrl, toForm(wav))
  expect(response.status).toBe(503)
  expect(await codeOf(response)).toBe('model_unavailable')
  expect(response.headers.get('retry-after')).not.toBeNull()
  isDeadly = false
  await expect.poll(() => model.isReady).toBe(true)
  expect(await (await post(baseUrl, toForm(wav))).json()).toMatchObject({ text: expect.stringMatching(/^I said \d+/) })
})

describe('the whole partner', () => {
  test('with a model transcribes what the platform sends', async () => {
    const folder = await makeModelFolder()
    cleanUps.push(() => rm(folder, { recursive: true, force: true }))
    await writeTinyModel(folder)
    const partner = await startPartnerProcess({ PARLEY_SPEECH_MODEL_DIR: folder })
    cleanUps.push(() => partner.stop())
    const settings = { baseUrl: `${partner.baseUrl}/v1`, apiKey: PARTNER_KEY, isBuiltIn: true, model: 'gpt-transcribe' }
    const transcriber = createOurTranscriber({ ...settings, clock: () => new Date() })
    expect(await transcriber.isAvailable()).toBe(true)
    const samples = await say(2, 'I come from a small village.', 'We eat bread in the morning.')
    const { passages, ...source } = await transcriber.transcribe(samples, new AbortController().signal)
    expect(source).toEqual({ provider: 'parley', model: 'Two words', language: 'en' })
    expect(passages.map(({ text }) => text)).toEqual([ALWAYS_HEARD, ALWAYS_HEARD])
  })

  test('without one says so', async () => {
    const partner = await startPartnerProcess()
    cleanUps.push(() => partner.stop())
    const response = await post(`${partner.baseUrl}/v1`, toForm(toWavFile(new Int16Array(RATE))))
    expect(response.status).toBe(404)
    expect(await codeOf(response)).toBe('model_not_found')
    const settings = { baseUrl: `${partner.baseUrl}/v1`, apiKey: PARTNER_KEY, isBuiltIn: true, model: 'gpt-transcribe' }
    expect(await createOurTranscriber({ ...settings, clock: () => new Date() }).isAvailable()).toBe(false)
  })
})
