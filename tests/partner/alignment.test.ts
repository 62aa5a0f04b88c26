/** Finding the words of a known text in a recording: over HTTP, as the platform's server asks for it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPartnerAligner } from '../../server/alignment/partner-aligner.ts'
import { toSounds } from '../../server/partner/alignment/letter-to-sound.ts'
import { toTextWords, toTimedWords, type TimedWord } from '../../server/partner/alignment/text-words.ts'
import { PARTNER_KEY, startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { openSpeaker, readRecordings, REAL_SPEECH_DIR } from '../support/partner-speech.ts'

const RATE = 16_000
/** The voice activity detector and the search each see steps of some 10 ms. */
const TOLERANCE_SECONDS = 0.15

let partner: RunningPartner
beforeAll(async () => {
  partner = await startPartnerProcess()
})
afterAll(() => partner.stop())

interface Utterance {
  text: string
  pcm: Int16Array
}

/** Utterances with silence between them, and from when to when each lasts. */
function lay(utterances: readonly Utterance[], gapSeconds: number) {
  const gap = Math.round(gapSeconds * RATE)
  const samples = new Int16Array(utterances.reduce((sum, { pcm }) => sum + gap + pcm.length, gap))
  let at = 0
  const spans = utterances.map(({ text, pcm }) => {
    at += gap
    samples.set(pcm, at)
    const start = at / RATE
    at += pcm.length
    return { text, start, end: at / RATE }
  })
  return { samples, spans, text: utterances.map(({ text }) => text).join(' ') }
}

function toForm(samples: Int16Array | string, text: string): FormData {
  const form = new FormData()
  const bytes = typeof samples === 'string' ? samples : Buffer.from(samples.buffer, 0, samples.byteLength)
  form.set('file', new Blob([bytes]), 'learner.pcm')
  form.set('text', text)
  return form
}

function post(body: FormData | string, key = PARTNER_KEY): Promise<Response> {
  return partner.request('/v1/audio/alignments', { method: 'POST', headers: { authorization: `Bearer ${key}` }, body })
}

async function align(samples: Int16Array, text: string): Promise<TimedWord[]> {
  const response = await post(toForm(samples, text))
  expect(response.status).toBe(200)
  return ((await response.json()) as { words: TimedWord[] }).words
}

/** How many words lie in the utterance that they are of. */
function countInPlace(words: readonly TimedWord[], spans: readonly { text: string; start: number; end: number }[]) {
  let next = 0
  return spans
    .flatMap(({ text, start, end }) => text.split(' ').map((word) => ({ word, start, end, found: words[next++] })))
    .filter(
      ({ word, start, end, found }) =>
        found?.word === word && found.start >= start - TOLERANCE_SECONDS && found.end <= end + TOLERANCE_SECONDS,
    ).length
}

function expectInOrder(words: readonly TimedWord[]) {
  for (const [index, { start, end }] of words.entries()) {
    expect(end).toBeGreaterThanOrEqual(start)
    expect(start).toBeGreaterThanOrEqual(words[index - 1]?.start ?? 0)
  }
}

describe('a text that was said', () => {
  const sentences = [
    'I come from a small village.',
    'My sister Kateryna works in a hospital.',
    'We eat bread – 2 slices.',
  ]
  let utterances: Utterance[]
  beforeAll(async () => {
    const speaker = openSpeaker()
    utterances = await Promise.all(sentences.map(async (text) => ({ text, pcm: await speaker.say(text) })))
    await speaker.close()
  })

  test('is found word by word, a name and a sign among them, with the pauses between its parts', async () => {
    const { samples, spans, text } = lay(utterances, 3)
    const words = await align(samples, text)
    expect(words.map(({ word }) => word)).toEqual(text.split(' '))
    expectInOrder(words)
    expect(countInPlace(words, spans)).toBe(words.length)
    const village = words[5]
    const my = words[6]
    expect((my?.start ?? 0) - (village?.end ?? 0)).toBeGreaterThan(2.5)
  })

  test('is found by the platform’s server too, in milliseconds', async () => {
    const { samples, spans, text } = lay(utterances, 2)
    const log = { warn: () => {} }
    const aligner = createPartnerAligner({ baseUrl: `${partner.baseUrl}/v1`, apiKey: PARTNER_KEY, log })
    const words = await aligner.align(samples, text)
    expect(words?.map(({ word }) => word)).toEqual(text.split(' '))
    expect(Math.abs((words?.[0]?.startMs ?? 0) - (spans[0]?.start ?? 0) * 1_000)).toBeLessThan(500)
    expect(await aligner.align(new Int16Array(RATE), text)).toBeNull()
  })

  test.each([
    ['is not found in silence', new Int16Array(RATE * 3), 'Hello there.', 'no_speech'],
    ['cannot be looked for without words', new Int16Array(RATE), '42 – 43', 'no_words'],
  ])('%s', async (_what, samples, text, code) => {
    const response = await post(toForm(samples, text))
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\.$/) } })
  })

  test('is refused when nobody can speak so fast', async () => {
    const [first] = utterances
    const response = await post(toForm(first?.pcm ?? new Int16Array(), 'many words '.repeat(200)))
    expect([response.status, await response.json()]).toMatchObject([422, { error: { code: 'too_many_words' } }])
  })
})

describe('the address', () => {
  test.each([
    [
      'another key',
      () => post(toForm(new Int16Array(RATE), 'Hello.'), 'sk-another-key-0123456789'),
      401,
      'invalid_api_key',
    ],
    ['a body that is no form', () => post('hello'), 415, 'unsupported_content_type'],
    ['no text', () => post(toForm(new Int16Array(RATE), ' ')), 400, 'invalid_text'],
    ['a WAV of no samples', () => post(toForm('RIFF0000WAVE', 'Hello.')), 400, 'invalid_audio'],
    ['more than 20 minutes', () => post(toForm(new Int16Array(RATE * 60 * 21), 'Hello.')), 413, 'audio_too_long'],
  ])('refuses %s', async (_what, ask, status, code) => {
    const response = await ask()
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }])
  })
})

describe.skipIf(REAL_SPEECH_DIR === '')('real learners’ speech', () => {
  test('is found in the utterance where it was said, for at least 95 of 100 words', async () => {
    const recordings = readRecordings(REAL_SPEECH_DIR)
    let [inPlace, all] = [0, 0]
    for (const from of [0, 20, 40]) {
      const { samples, spans, text } = lay(recordings.slice(from, from + 20), 2)
      const words = await align(samples, text)
      expectInOrder(words)
      inPlace += countInPlace(words, spans)
      all += words.length
    }
    expect(inPlace / all).toBeGreaterThanOrEqual(0.95)
  }, 240_000)
})

describe('the words of a text', () => {
  test.each([
    ['don’t', ["don't"]],
    ['well-known', ['well', 'known']],
    ['café,', ['cafe']],
    ['“Yes!”', ['yes']],
    ['–', []],
    ['42', []],
  ])('%s is said as %j', (word, spoken) => {
    expect(toTextWords(word)).toEqual([{ word, spoken }])
  })

  test('share the time between their neighbours where nothing could be looked for', () => {
    const words = toTextWords('I have 2 – dogs')
    const found = [
      { start: 1, end: 1.2 },
      { start: 1.2, end: 2 },
      { start: 3, end: 3.5 },
    ]
    expect(toTimedWords(words, found).map(({ start, end }) => [start, end])).toEqual([
      [1, 1.2],
      [1.2, 2],
      [2, 2.5],
      [2.5, 3],
      [3, 3.5],
    ])
  })

  test.each([
    ['kate', 'K EY T'],
    ['tran', 'T R AE N'],
    ['nguyen', 'NG AH IY EH N'],
    ['cecilia', 'S EH S IH L IH AE'],
    ['phillip', 'F IH L IH P'],
    ['yoko', 'Y AA K AA'],
    ["o'", 'AA'],
    ['д', null],
  ])('%s has the sounds %s', (word, sounds) => {
    expect(toSounds(word)).toBe(sounds)
  })
})
