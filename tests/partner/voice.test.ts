/** The partner's voice: what it is given to say, and how it sounds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toSentences, toSpeakable } from '../../server/partner/voice/sentences.ts'
import { startVoice, type Voice, type VoiceName } from '../../server/partner/voice/voice.ts'

const SENTENCES = [
  'Hello!',
  'Oh, then we will go slowly.',
  'Where do you live, in a city or in a village?',
  'Six sisters sit.',
  'My home is your home.',
  'How much is it?',
]
const VOICES: VoiceName[] = ['slt', 'rms']

describe('sentences', () => {
  test('are cut where one ends and another begins', () => {
    expect(toSentences('Oh! Where is it? At 3.5 km. “Really?” Yes')).toEqual([
      'Oh!',
      'Where is it?',
      'At 3.5 km.',
      '“Really?”',
      'Yes',
    ])
    expect(toSentences('  ')).toEqual([])
  })

  test.each([
    'Please ask for Mr. Brown or Dr. Jones.',
    'I met J. Smith at 10 a.m. on Monday.',
    'Well... let me think about it.',
    'Take fruit, e.g. Apples from Spain, with you.',
  ])('are not cut within: %s', (sentence) => expect(toSentences(sentence)).toEqual([sentence]))

  test('lose nothing: joined by spaces they are the text', () => {
    const text = 'Hello, Mr. Brown! It is 7 p.m. Are you hungry? “No,” said Tom. He was.'
    expect(toSentences(text).join(' ')).toBe(text)
  })
})

describe('what is said', () => {
  test('is folded to what the voice knows', () =>
    expect(toSpeakable('Let’s go to the café — now…')).toBe("Let's go to the cafe ,  now,"))

  test.each([
    ['It is 5 km & costs £30.', 'It is 5 kilometres and costs 30 pounds.'],
    ['€1,250.50 for 2 kg', '1,250.50 euros for 2 kilograms'],
    ['Fruit, e.g. apples, etc.', 'Fruit, for example, apples, and so on.'],
    ['At 10:30 a.m. on May 3rd', 'At 10:30 a.m. on May 3rd'],
  ])('%s', (text, spoken) => expect(toSpeakable(text)).toBe(spoken))
})

describe('the voices', () => {
  let voice: Voice
  beforeAll(() => {
    voice = startVoice()
  })
  afterAll(() => voice.close())

  test('are equally loud in every sentence, at every speed', async () => {
    const levels: number[] = []
    for (const name of VOICES)
      for (const speed of [0.75, 1])
        for (const sentence of SENTENCES) levels.push(activeLevelDb(await voice.say(sentence, { voice: name, speed })))
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(1.5)
    expect(Math.min(...levels)).toBeGreaterThan(-22)
  })

  test.each(VOICES)('speak slower where a learner wants it (%s)', async (name) => {
    const sentence = 'Where do you live, in a city or in a village?'
    const [slow, usual] = [0.75, 1].map((speed) => voice.say(sentence, { voice: name, speed }))
    const ratio = ((await slow)?.length ?? 0) / ((await usual)?.length ?? 1)
    expect(ratio).toBeGreaterThan(1.2)
    expect(ratio).toBeLessThan(1.4)
  })

  test('are two: one is higher than the other', async () => {
    const [high, low] = VOICES.map(async (name) =>
      pitchHz(await voice.say('My home is your home.', { voice: name, speed: 1 })),
    )
    expect(await high).toBeGreaterThan(((await low) ?? 0) * 1.3)
  })

  test('have at hand what was made ahead', async () => {
    const manner = { voice: 'slt', speed: 0.9 } as const
    voice.prepare(['This was made ahead.'], manner)
    await voice.say('And this after it.', manner)
    const order: string[] = []
    const late = voice.say('This was not.', manner).then(() => order.push('made now'))
    const ahead = voice.say('This was made ahead.', manner).then(() => order.push('made ahead'))
    await Promise.all([late, ahead])
    expect(order).toEqual(['made ahead', 'made now'])
  })
})

/** Of the 20 ms parts that are within 30 dB of the loudest. */
function activeLevelDb(pcm: Int16Array): number {
  const powers = Array.from({ length: Math.floor(pcm.length / 480) }, (_, part) =>
    pcm.subarray(part * 480, part * 480 + 480).reduce((sum, sample) => sum + (sample / 32_768) ** 2 / 480, 0),
  )
  const active = powers.filter((power) => power > Math.max(...powers) / 1_000)
  return 10 * Math.log10(active.reduce((sum, power) => sum + power, 0) / active.length)
}

/** The most frequent period of the voiced parts, by autocorrelation. */
function pitchHz(pcm: Int16Array): number {
  const likeness = (lag: number) => {
    let sum = 0
    for (let at = 0; at + lag < pcm.length; at += 1) sum += (pcm[at] ?? 0) * (pcm[at + lag] ?? 0)
    return sum
  }
  const lags = Array.from({ length: 240 }, (_, index) => 80 + index)
  const best = lags.reduce((most, lag) => (likeness(lag) > likeness(most) ? lag : most))
  return 24_000 / best
}
