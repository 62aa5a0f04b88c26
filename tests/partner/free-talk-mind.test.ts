/** Free talk as a mind: what it does for the wishes that a learner types or taps, and how it speaks. */
import { beforeEach, describe, expect, test } from 'vitest'
import { FreeTalkMind } from '../../server/partner/free-talk/free-talk-mind.ts'
import type { Cue } from '../../server/partner/protocol/partner-mind.ts'
import { createSessionConfig, mergeSessionConfig } from '../../server/partner/session/session-config.ts'
import type { Topic } from '../../server/partner/topic.ts'
import type { Manner } from '../../server/partner/voice/voice.ts'
import { makeSampleTopic } from '../support/sample-topic.ts'

const sample = makeSampleTopic()
const withWord = (level: Topic['level'], word: string, meaning: string): Topic => ({
  ...sample,
  key: `${level}-other`,
  level,
  glossary: [{ word, meaning }],
})
const instructions = 'topic=a1-sample; speed=1; talk=free'
const config = createSessionConfig('sess_1', { type: 'realtime', instructions })
const typed = (text: string): Cue => ({ kind: 'heard', heard: { kind: 'typed', text } })
const ASKED = 'Where do you come from?'
const SIMPLER = 'Your country: what is its name?'

let manners: Manner[]
let preparedSpeeds: number[]
let mind: FreeTalkMind

beforeEach(() => {
  manners = []
  preparedSpeeds = []
  mind = openMind(sample)
  mind.reply({ kind: 'asked' })
})

function openMind(topic: Topic) {
  return new FreeTalkMind(
    {
      topics: new Map(
        [
          withWord('A1', 'bread', 'Bread, as another topic has it.'),
          withWord('C1', 'harbour', 'A harbour, hard to explain.'),
          topic,
          withWord('A2', 'harbour', 'Ships are safe in a harbour.'),
          { ...sample, key: 'general-talk' },
        ].map((one) => [one.key, one]),
      ),
      voice: {
        say: (_sentence, manner) => {
          manners.push(manner)
          return Promise.resolve(new Int16Array(1))
        },
        prepare: (_sentences, { speed }) => preparedSpeeds.push(speed),
        close: () => Promise.resolve(),
      },
    },
    config,
  )
}

async function speedNow(): Promise<number | undefined> {
  await mind.say('Hello.')
  return manners.at(-1)?.speed
}

describe('“slower”', () => {
  test('has the question said again more slowly, and everything after it', async () => {
    expect(mind.reply(typed('Slower, please.')).text).toBe(`Of course. I will speak more slowly. ${ASKED}`)
    expect(await speedNow()).toBe(0.9)
    expect(preparedSpeeds.at(-1)).toBe(0.9)
    expect(mind.reply(typed('I come from Peru.')).text).toContain('What do you eat in the morning?')
    expect(await speedNow()).toBe(0.9)
  })

  test('goes down to three quarters of the speed, and then says so', async () => {
    const speeds: unknown[] = []
    for (let times = 0; times < 3; times += 1) {
      mind.reply(typed('slower'))
      speeds.push(await speedNow())
    }
    expect(speeds).toEqual([0.9, 0.8, 0.75])
    expect(mind.reply(typed('slower')).text).toBe(`I am very slow now. Listen again. ${ASKED}`)
  })

  test('counts until the session asks for another speed', async () => {
    mind.reply(typed('Slower, please.'))
    mind.configure(mergeSessionConfig(config, { type: 'realtime', instructions: `${instructions}\nMore.` }))
    expect(await speedNow()).toBe(0.9)
    mind.configure(
      mergeSessionConfig(config, { type: 'realtime', instructions: 'topic=a1-sample; speed=0.95; talk=free' }),
    )
    expect(await speedNow()).toBe(0.95)
  })

  test('counts in a call that takes up a dropped one, and is taken back with its answer', async () => {
    mind = openMind(sample)
    mind.resume([
      { role: 'assistant', text: `Hello! Nice to see you. ${ASKED}` },
      { role: 'user', text: 'Slower, please.' },
      { role: 'assistant', text: `Of course. I will speak more slowly. ${ASKED}` },
    ])
    expect(await speedNow()).toBe(0.9)
    mind.reply(typed('slower')).undo()
    expect(await speedNow()).toBe(0.9)
  })
})

describe('“what does it mean?”', () => {
  test.each(['What does "bread" mean?', 'What does the word bread mean?', 'what is the meaning of bread'])(
    '%j is answered from the talk’s own topic first, and the question asked again',
    (text) => {
      expect(mind.reply(typed(text)).text).toBe(`You can buy bread in a shop. And now my question again. ${ASKED}`)
    },
  )

  test('is answered from the easiest of the other topics that explains the word', () => {
    expect(mind.reply(typed('What does "harbours" mean?')).text).toMatch(/^Ships are safe in a harbour\./)
  })

  test('gets an honest answer and the question in easier words where no topic explains it', () => {
    expect(mind.reply(typed('What does "volcano" mean?')).text).toBe(
      `I am sorry, I can't explain “volcano”. ${SIMPLER}`,
    )
  })

  test('leaves the question open', () => {
    mind.reply(typed('What does "bread" mean?'))
    expect(mind.reply(typed('I come from Peru.')).text).toContain('What do you eat in the morning?')
  })
})

describe('“I don’t understand”', () => {
  test.each(["I don't understand.", 'What does that mean?'])('%j gets the question in easier words', (text) => {
    expect(mind.reply(typed(text)).text).toBe(`No problem. ${SIMPLER}`)
  })

  test('has those words said again from then on, and the next question as it is', () => {
    mind.reply(typed("I don't understand."))
    expect(mind.reply(typed('Slower, please.')).text).toContain(SIMPLER)
    expect(mind.reply({ kind: 'asked' }).text).toContain(SIMPLER)
    expect(mind.reply(typed('Peru.')).text).toMatch(/What do you eat in the morning\?$/)
    expect(mind.reply({ kind: 'asked' }).text).toBe('Here is the question again. What do you eat in the morning?')
  })
})

test('speech is not understood, whatever it was: it is an answer', () => {
  const { text } = mind.reply({ kind: 'heard', heard: { kind: 'spoken', text: '', by: 'matched' } })
  expect(text).toContain('What do you eat in the morning?')
})
