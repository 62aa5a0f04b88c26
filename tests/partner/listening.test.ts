/** Voice activity and recognition with real models, on synthesised speech; recognition-of-learners.long.test.ts takes real learners’. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRecogniser, type Recogniser } from '../../server/partner/recognition/recogniser.ts'
import { chooseCard, hearTurns } from '../support/card-listening.ts'
import { makeNoise, openSpeaker, type Speaker } from '../support/partner-speech.ts'

const CARDS = ['I live in a big city.', 'My town is small.', 'My house is in a village.']
let speaker: Speaker
let recogniser: Recogniser

beforeAll(() => {
  speaker = openSpeaker()
  recogniser = startRecogniser()
})
afterAll(async () => {
  await speaker.close()
  await recogniser.close()
})

describe('voice activity', () => {
  test('hears a sentence as one turn of its length', async () => {
    const pcm = await speaker.say('My house is in a village.')
    const turns = hearTurns(pcm)
    expect(turns).toHaveLength(1)
    const heldMs = (turns[0]?.length ?? 0) / 16
    expect(heldMs).toBeGreaterThan(pcm.length / 16 - 300)
    expect(heldMs).toBeLessThan(pcm.length / 16 + 1_000)
  })

  test('hears nothing in silence and in noise', () => {
    expect(hearTurns(new Int16Array(48_000))).toEqual([])
    expect(hearTurns(makeNoise(3, 0.02))).toEqual([])
  })
})

describe('recognition of one of the cards', () => {
  test.each(CARDS.map((card, index) => [card, index] as const))('finds %j', async (card, index) => {
    for (const voice of ['slt', 'rms'] as const) {
      const [turn] = hearTurns(await speaker.say(card, voice))
      expect(await chooseCard(recogniser, turn ?? new Int16Array(), CARDS)).toBe(index)
    }
  })

  test.each(['The weather forecast for tomorrow.', 'Seventeen green elephants.', 'Can you help me please?'])(
    'rejects %j',
    async (other) => {
      const [turn] = hearTurns(await speaker.say(other))
      expect(await chooseCard(recogniser, turn ?? new Int16Array(), CARDS)).toBeNull()
    },
  )

  test('leaves out a card with a word it does not know, and still finds the others', async () => {
    const [turn] = hearTurns(await speaker.say('My town is small.'))
    expect(await chooseCard(recogniser, turn ?? new Int16Array(), ['Grzmblfx is here.', 'My town is small.'])).toBe(1)
  })

  test('rejects silence', async () => {
    expect(await chooseCard(recogniser, new Int16Array(16_000), CARDS)).toBeNull()
    expect(await chooseCard(recogniser, new Int16Array(0), CARDS)).toBeNull()
  })
})
