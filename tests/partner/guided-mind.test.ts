/** Guided conversation as a mind: what it says and offers for every cue, and how it speaks. */
import { beforeEach, describe, expect, test } from 'vitest'
import { GuidedMind } from '../../server/partner/guided/guided-mind.ts'
import type { Cue } from '../../server/partner/protocol/partner-mind.ts'
import type { Recognition } from '../../server/partner/recognition/recogniser.ts'
import { createSessionConfig, mergeSessionConfig } from '../../server/partner/session/session-config.ts'
import type { Manner } from '../../server/partner/voice/voice.ts'
import { makeSampleTopic } from '../support/sample-topic.ts'

const sample = makeSampleTopic()
const config = createSessionConfig('sess_1', {
  type: 'realtime',
  instructions: 'topic=a1-sample; speed=1',
  tools: [{ type: 'function', name: 'offer_replies' }],
})
const typed = (text: string): Cue => ({ kind: 'heard', heard: { kind: 'typed', text } })
const spoken = (text: string, by: 'matched' | 'recognised' = 'matched'): Cue => ({
  kind: 'heard',
  heard: { kind: 'spoken', text, by },
})

let manners: Manner[]
let recognition: Recognition | null
let mind: GuidedMind

beforeEach(() => {
  manners = []
  recognition = null
  mind = openMind()
})

function openMind() {
  return new GuidedMind(
    {
      topics: new Map([
        ['a1-sample', sample],
        ['general-talk', { ...sample, opening: 'Hello, anybody.' }],
      ]),
      voice: {
        say: (_sentence, manner) => {
          manners.push(manner)
          return Promise.resolve(new Int16Array(1))
        },
        prepare: () => {},
        close: () => Promise.resolve(),
      },
      recogniser: { recognise: () => Promise.resolve(recognition), close: () => Promise.resolve() },
    },
    config,
  )
}

describe('cards', () => {
  test('travel with the gap, the template and the hint of an open slot, and plainly without one', () => {
    const { toolCall } = mind.reply({ kind: 'asked' })
    expect(toolCall?.name).toBe('offer_replies')
    expect(JSON.parse(toolCall?.arguments ?? '')).toEqual({
      replies: [
        {
          id: 'r1',
          text: 'I come from ….',
          template: 'I come from {country}.',
          slots: [{ name: 'country', hint: 'a country', examples: ['Spain', 'Japan', 'Brazil'] }],
        },
        {
          id: 'r2',
          text: 'I live in the city of ….',
          template: 'I live in the city of {city}.',
          slots: [{ name: 'city', hint: 'a city', examples: ['Madrid', 'Cairo', 'Tokyo'] }],
        },
        { id: 'r3', text: 'I would rather not say.' },
      ],
    })
  })

  test('stay the same through small talk, and give way to word of the end with the goodbye', () => {
    const first = mind.reply({ kind: 'asked' }).toolCall
    expect(mind.reply(typed('Just a moment, please.'))).toMatchObject({ text: 'Take your time.', toolCall: first })
    const goodbye = { name: 'offer_replies', arguments: '{"replies":[],"is_over":true}' }
    expect(mind.reply(typed("Let's stop here.")).toolCall).toEqual(goodbye)
    expect(mind.reply(typed('One more thing.')).toolCall).toEqual(goodbye)
  })
})

describe('a cue', () => {
  test('that a tool’s output came has the partner say nothing, and change nothing', () => {
    mind.reply({ kind: 'asked' })
    expect(mind.reply({ kind: 'tool-output' })).toMatchObject({ text: '', toolCall: null })
    expect(mind.reply(typed('r3')).text).toMatch(/^No problem\./)
  })

  test('to speak gets the opening first, and the question again later', () => {
    expect(mind.reply({ kind: 'asked' }).text).toMatch(/^Hello!/)
    expect(mind.reply({ kind: 'asked' }).text).toBe('Here is the question again. Where do you come from?')
  })

  test('of silence gets a gentle prompt with the simpler question', () => {
    mind.reply({ kind: 'asked' })
    expect(mind.reply({ kind: 'idle' }).text).toBe('Take your time. Your country: what is its name?')
    mind.reply({ kind: 'idle' })
    expect(mind.reply({ kind: 'idle' })).toMatchObject({ text: '', toolCall: null })
  })

  test('of words is understood alike, whether matched, recognised or typed', () => {
    for (const cue of [
      typed('I come from Peru'),
      spoken('I come from Peru.'),
      spoken('i come from peru', 'recognised'),
    ]) {
      mind = openMind()
      mind.reply({ kind: 'asked' })
      expect(mind.reply(cue).text).toBe('Peru! What a nice place. What do you eat in the morning?')
    }
  })

  test('of speech that was not understood asks to say it again', () => {
    mind.reply({ kind: 'asked' })
    expect(mind.reply(spoken('')).text).toMatch(/^Sorry, I didn't catch that/)
  })

  test('can be taken back', () => {
    mind.reply({ kind: 'asked' })
    mind.reply(typed('r3')).undo()
    expect(mind.reply({ kind: 'asked' }).text).toContain('Where do you come from?')
  })
})

describe('hearing', () => {
  test('gives the words of the choice, its slots in the spelling of the lists', async () => {
    mind.reply({ kind: 'asked' })
    recognition = { choice: 0, words: 'i come from the united states', filled: { country: 'the united states' } }
    expect(await mind.hear(new Int16Array(10))).toEqual({ text: 'I come from the United States.', by: 'matched' })
    recognition = null
    expect(await mind.hear(new Int16Array(10))).toEqual({ text: '', by: 'matched' })
  })

  test('does not answer by itself', async () => {
    mind.reply({ kind: 'asked' })
    recognition = { choice: 0, words: 'i come from peru', filled: { country: 'peru' } }
    await mind.hear(new Int16Array(10))
    expect(mind.reply({ kind: 'asked' }).text).toContain('Where do you come from?')
  })
})

describe('the voice', () => {
  test('slows down when asked to, and keeps to it until the session asks for another speed', async () => {
    mind.reply({ kind: 'asked' })
    mind.reply(typed('Slower, please.'))
    await mind.say('Hello.')
    mind.configure(mergeSessionConfig(config, { type: 'realtime', instructions: 'topic=a1-sample; speed=1\nMore.' }))
    await mind.say('Hello.')
    mind.configure(mergeSessionConfig(config, { type: 'realtime', instructions: 'topic=a1-sample; speed=0.95' }))
    await mind.say('Hello.')
    expect(manners.map(({ speed }) => speed)).toEqual([0.9, 0.9, 0.95])
  })
})

describe('a talk taken up again', () => {
  test('goes on from its lines, at its topic and speed', () => {
    mind.resume([
      { role: 'assistant', text: 'Hello! Nice to see you. Where do you come from?' },
      { role: 'user', text: 'I come from Chile.' },
      { role: 'assistant', text: 'Chile! What a nice place. What do you eat in the morning?' },
    ])
    mind.configure(mergeSessionConfig(config, { type: 'realtime', instructions: 'topic=other; speed=1' }))
    expect(mind.reply(typed('r1')).text).toBe('That is a good breakfast. Do you like Chile?')
  })

  test('stays slower than the session asks for, as the learner wished', async () => {
    mind.configure(mergeSessionConfig(config, { type: 'realtime', instructions: 'topic=a1-sample; speed=0.95' }))
    mind.resume([
      { role: 'assistant', text: 'Hello! Nice to see you. Where do you come from?' },
      { role: 'user', text: 'Slower, please.' },
      {
        role: 'assistant',
        text: 'Of course. I will speak more slowly. Hello! Nice to see you. Where do you come from?',
      },
    ])
    await mind.say('Hello.')
    expect(manners.map(({ speed }) => speed)).toEqual([0.85])
  })

  test('begins anew when the partner had said nothing', () => {
    mind.resume([{ role: 'user', text: 'Hello?' }])
    expect(mind.reply({ kind: 'asked' }).text).toMatch(/^Hello! Nice to see you\./)
  })
})
