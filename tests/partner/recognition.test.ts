/** What is listened for at a question, and the words that come of it: replies, open slots, errors, small talk. Synthesised speech. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nextTurn } from '../../server/partner/guided/conversation.ts'
import { listenFor } from '../../server/partner/guided/spoken-choices.ts'
import { NEW_TALK, type TalkState } from '../../server/partner/guided/talk-state.ts'
import { startRecogniser, type Recogniser } from '../../server/partner/recognition/recogniser.ts'
import { listReferences, listWordingWords, toTest } from '../../server/partner/recognition/wording.ts'
import { makeSampleTopic } from '../support/sample-topic.ts'
import { openSpeaker, type Speaker } from '../support/partner-speech.ts'

const sample = makeSampleTopic()
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

/** What is understood of a sentence that is said aloud at a question. */
async function hear(turnId: string, sentence: string, voice: 'slt' | 'rms' = 'rms'): Promise<string | null> {
  const turn = sample.turns.find(({ id }) => id === turnId)
  if (!turn) throw new Error(`no turn ${turnId}`)
  const state: TalkState = { ...NEW_TALK, turnId, lastLine: turn.ask }
  const { choices, lists } = listenFor(sample, state, turn)
  const plain = choices.map(({ wording, kind }) => ({ wording, kind }))
  const recognition = await recogniser.recognise(await speaker.say(sentence, voice), plain, lists)
  return recognition && (choices[recognition.choice]?.toText(recognition) ?? null)
}

describe('heard at a question', () => {
  test.each([
    ['1-from', 'I come from Spain.'],
    ['1-from', 'I come from the United States.'],
    ['1-from', 'I live in the city of Tokyo.'],
    ['2-food', 'I have rice or soup.'],
    ['5-time', "I get up at seven o'clock."],
    ['5-time', 'I get up at half past nine.'],
  ])('at %s is %j', async (turnId, sentence) => {
    expect(await hear(turnId, sentence, 'rms')).toBe(sentence)
    expect(await hear(turnId, sentence, 'slt')).toBe(sentence)
  })

  test.each([
    ['2-food', 'I am eat bread with cheese.'],
    ['2-food', 'I eating bread with cheese.'],
  ])('at %s is the error %j, and the right sentence is not taken for it', async (turnId, sentence) => {
    expect(await hear(turnId, sentence)).toBe(sentence)
    expect(await hear(turnId, 'I eat bread with cheese.')).toBe('I eat bread with cheese.')
  })

  test.each([
    ['Can you say that again please?', 'Can you say that again please?'],
    ['Slower please.', 'Slower please.'],
    ["I don't understand.", "I don't understand."],
    ['What does breakfast mean?', 'What does breakfast mean?'],
    ['What does morning mean?', 'What does morning mean?'],
    ['Just a moment please.', 'Just a moment please.'],
    ['How are you?', 'How are you?'],
    ['Thank you very much.', 'Thank you very much.'],
    ["Let's stop here.", "Let's stop here."],
  ])('is the small talk %j', async (sentence, text) => {
    expect(await hear('2-food', sentence)).toBe(text)
  })

  test.each(['The weather forecast for tomorrow.', 'Seventeen green elephants.', 'My brother drives a very old car.'])(
    'is nothing in %j',
    async (sentence) => {
      expect(await hear('2-food', sentence)).toBeNull()
    },
  )

  test('leads where it should', async () => {
    const said = await hear('1-from', 'I come from Brazil.')
    const index = said === 'I come from Brazil.' ? 0 : -1
    const state = { ...NEW_TALK, turnId: '1-from' }
    const turn = nextTurn(sample, state, { kind: 'chosen', index, variant: null, values: { country: 'Brazil' } })
    expect(turn.text).toMatch(/^Brazil! What a nice place\./)
  })
})

describe('a wording', () => {
  test.each([
    [
      '[sorry] (can | could) you repeat [that | it]',
      ['can you repeat', 'sorry could you repeat that'],
      ['you repeat', 'can could you repeat', 'can you repeat that it'],
    ],
    [
      '(one | a) [little] (moment | second) please',
      ['one moment please', 'a little second please'],
      ['one please', 'moment please'],
    ],
    [
      'what does [the word] <asked> mean',
      ['what does bread mean', 'what does the word get up mean'],
      ['what does mean', 'what does a b c d e mean'],
    ],
  ])('%j is told from what it is not', (wording, good, bad) => {
    const test = toTest(wording)
    expect(good.filter((words) => !test.test(`${words} `))).toEqual([])
    expect(bad.filter((words) => test.test(`${words} `))).toEqual([])
  })

  test('names its words and references', () => {
    expect(listWordingWords("what does [the word] <asked> mean (or | i don't)")).toEqual([
      'what',
      'does',
      'the',
      'word',
      'mean',
      'or',
      'i',
      "don't",
    ])
    expect(listReferences('I come from <country> and <city>')).toEqual(['country', 'city'])
  })
})
