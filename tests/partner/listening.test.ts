/** Voice activity and recognition with real models: synthesised speech always, real learners' speech where it is at hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asksForWord, SPOKEN_WORDINGS } from '../../server/partner/guided/small-talk.ts'
import { TurnDetector } from '../../server/partner/media/turn-detector.ts'
import { createVoiceActivityPool, WINDOW_SAMPLES } from '../../server/partner/media/voice-activity.ts'
import { toWords } from '../../server/partner/recognition/grammar.ts'
import { startRecogniser, type Recogniser } from '../../server/partner/recognition/recogniser.ts'
import { makeNoise, openSpeaker, readRecordings, REAL_SPEECH_DIR, type Speaker } from '../support/partner-speech.ts'

const CARDS = ['I live in a big city.', 'My town is small.', 'My house is in a village.']
const pool = createVoiceActivityPool(1)
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

/** The turns heard in a sound that silence surrounds. */
function hear(pcm: Int16Array): Int16Array[] {
  const turns: Int16Array[] = []
  const activity = pool.take(0.5)
  const detector = new TurnDetector(
    { silenceMs: 1_200, threshold: 0.5, prefixPaddingMs: 300, interruptsResponse: true },
    (event) => {
      if (event.type === 'speech-stopped') turns.push(event.utterance)
    },
  )
  const sound = new Float32Array(pcm.length + 48_000)
  sound.set(
    Float32Array.from(pcm, (sample) => sample / 32_768),
    16_000,
  )
  for (let at = 0; at + WINDOW_SAMPLES <= sound.length; at += WINDOW_SAMPLES) {
    const window = sound.slice(at, at + WINDOW_SAMPLES)
    detector.push(window, activity.isVoiced(window))
  }
  activity.release()
  return turns
}

describe('voice activity', () => {
  test('hears a sentence as one turn of its length', async () => {
    const pcm = await speaker.say('My house is in a village.')
    const turns = hear(pcm)
    expect(turns).toHaveLength(1)
    const heldMs = (turns[0]?.length ?? 0) / 16
    expect(heldMs).toBeGreaterThan(pcm.length / 16 - 300)
    expect(heldMs).toBeLessThan(pcm.length / 16 + 1_000)
  })

  test('hears nothing in silence and in noise', () => {
    expect(hear(new Int16Array(48_000))).toEqual([])
    expect(hear(makeNoise(3, 0.02))).toEqual([])
  })
})

/** The index of the card that was said. */
async function choose(
  utterance: Int16Array,
  cards: readonly string[],
  asides: readonly string[] = [],
  by: Recogniser = recogniser,
) {
  const said = await by.recognise(utterance, [
    ...cards.map((card) => ({ wording: toWords(card).join(' '), kind: 'reply' as const })),
    ...asides.map((wording) => ({ wording, kind: 'aside' as const })),
  ])
  return said?.choice ?? null
}

describe('recognition of one of the cards', () => {
  test.each(CARDS.map((card, index) => [card, index] as const))('finds %j', async (card, index) => {
    for (const voice of ['slt', 'rms'] as const) {
      const [turn] = hear(await speaker.say(card, voice))
      expect(await choose(turn ?? new Int16Array(), CARDS)).toBe(index)
    }
  })

  test.each(['The weather forecast for tomorrow.', 'Seventeen green elephants.', 'Can you help me please?'])(
    'rejects %j',
    async (other) => {
      const [turn] = hear(await speaker.say(other))
      expect(await choose(turn ?? new Int16Array(), CARDS)).toBeNull()
    },
  )

  test('leaves out a card with a word it does not know, and still finds the others', async () => {
    const [turn] = hear(await speaker.say('My town is small.'))
    expect(await choose(turn ?? new Int16Array(), ['Grzmblfx is here.', 'My town is small.'])).toBe(1)
  })

  test('rejects silence', async () => {
    expect(await choose(new Int16Array(16_000), CARDS)).toBeNull()
    expect(await choose(new Int16Array(0), CARDS)).toBeNull()
  })
})

if (REAL_SPEECH_DIR === '')
  console.warn('SKIPPED: PARLEY_TEST_SPEECH_DIR is not set, so recognition is not tested on real learners’ speech')

describe.skipIf(REAL_SPEECH_DIR === '')('real learners (PARLEY_TEST_SPEECH_DIR)', () => {
  const asides = Object.values(SPOKEN_WORDINGS)
    .flat()
    .filter((wording) => !asksForWord(wording))
    .map((wording) => wording.toLowerCase())

  test(
    'are heard, are never taken for another card or for small talk, and mostly understood',
    { timeout: 900_000 },
    async () => {
      const recordings = readRecordings(REAL_SPEECH_DIR)
      const cardsFor = (index: number) =>
        [1, 7, 13].map((step) => recordings[(index + step) % recordings.length]?.text ?? '')
      const outcome = { right: 0, wrong: 0, rejected: 0, falselyAccepted: 0, unheard: 0 }
      const judge = async (index: number, recording: (typeof recordings)[number], by: Recogniser) => {
        const [turn = new Int16Array()] = hear(recording.pcm)
        if (turn.length === 0) outcome.unheard += 1
        const choice = await choose(turn, [...cardsFor(index), recording.text], asides, by)
        if (choice === 3) outcome.right += 1
        else if (choice === null) outcome.rejected += 1
        else outcome.wrong += 1
        if ((await choose(turn, cardsFor(index), asides, by)) !== null) outcome.falselyAccepted += 1
      }
      // One recogniser for each of two processors: it is their work alone that takes the time.
      const second = startRecogniser()
      const waiting = [...recordings.entries()]
      const work = async (by: Recogniser): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await judge(...next, by)
      }
      await Promise.all([work(recogniser), work(second)])
      await second.close()
      console.info('recognition of real speech', outcome)
      expect(outcome).toMatchObject({ wrong: 0, unheard: 0 })
      expect(outcome.right).toBeGreaterThanOrEqual(recordings.length * 0.7)
      expect(outcome.falselyAccepted).toBeLessThanOrEqual(recordings.length * 0.05)
    },
  )
})
