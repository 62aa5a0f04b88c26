/** The policy of guided conversation: what follows from what the learner says. */
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  NEW_TALK,
  nextTurn,
  openCards,
  possibleTexts,
  resumeTalk,
  type LearnerInput,
  type TalkState,
} from '../../server/partner/guided/conversation.ts'
import { matchTypedReply } from '../../server/partner/guided/match-reply.ts'
import { parseTopicFile, loadTopics, type Topic } from '../../server/partner/topic.ts'

const topics = loadTopics(fileURLToPath(new URL('../../server/partner/topics', import.meta.url)))

function topicOf(key: string): Topic {
  const topic = topics.get(key)
  if (!topic) throw new Error(`no topic ${key}`)
  return topic
}

/** All the partner's turns when the learner always takes the card at the same place. */
function walk(topic: Topic, choice: (step: number) => LearnerInput) {
  const turns = [nextTurn(topic, NEW_TALK, { kind: 'nothing' })]
  for (let step = 0; step < 20 && !turns.at(-1)?.state.isOver; step += 1)
    turns.push(nextTurn(topic, turns.at(-1)?.state ?? NEW_TALK, choice(step)))
  return turns
}

describe('a guided conversation', () => {
  const introductions = topicOf('a1-introductions')

  test('begins with the greeting and the first question, and offers its cards', () => {
    const turn = nextTurn(introductions, NEW_TALK, { kind: 'nothing' })
    expect(turn.text).toBe('Hello! I am your speaking partner. It is nice to meet you. How are you today?')
    expect(turn.cards).toEqual([
      { id: 'r1', text: 'I am very well, thank you.' },
      { id: 'r2', text: 'I am fine, but I am tired.' },
      { id: 'r3', text: 'Today is not a good day.' },
    ])
  })

  test.each([...topics.values()])('of $key takes 8 questions and closes kindly', (topic) => {
    const turns = walk(topic, () => ({ kind: 'chosen', index: 0 }))
    expect(turns).toHaveLength(9)
    expect(turns.at(-1)?.text).toContain(topic.closing)
    expect(turns.at(-1)?.cards).toEqual([])
  })

  test.each([...topics.values()])('of $key asks other questions of who answers otherwise', (topic) => {
    const asked = (index: number) => walk(topic, () => ({ kind: 'chosen', index })).map((turn) => turn.state.turnId)
    const [one, two] = [asked(0), asked(2)]
    expect(one.filter((id, step) => id !== two[step]).length).toBeGreaterThanOrEqual(3)
  })

  test('stays at its question while nothing is understood, in three different ways', () => {
    let state = nextTurn(introductions, NEW_TALK, { kind: 'nothing' }).state
    const said = [1, 2, 3].map(() => {
      const turn = nextTurn(introductions, state, { kind: 'not-understood' })
      state = turn.state
      expect(turn.cards).toHaveLength(3)
      return turn.text
    })
    expect(state.turnId).toBe('1-mood')
    expect(new Set(said).size).toBe(3)
    expect(nextTurn(introductions, state, { kind: 'chosen', index: 0 }).state.missed).toBe(0)
  })

  test('takes a typed answer that is a card for that card', () => {
    const { state } = nextTurn(introductions, { ...NEW_TALK, turnId: '1-mood' }, { kind: 'chosen', index: 0 })
    expect(nextTurn(introductions, state, { kind: 'typed', text: 'r3' }).state.turnId).toBe('3-village')
    expect(nextTurn(introductions, state, { kind: 'typed', text: 'i live in a BIG city' }).state.turnId).toBe('3-city')
    expect(nextTurn(introductions, state, { kind: 'typed', text: 'my house is in the village' }).state.turnId).toBe(
      '3-village',
    )
  })

  test('accepts a typed answer in other words, and goes on', () => {
    const turn = nextTurn(
      introductions,
      { ...NEW_TALK, turnId: '6-day' },
      { kind: 'typed', text: 'I drive a lorry across Europe' },
    )
    expect(turn.text).toBe('Thank you for telling me. When do you start work in the morning?')
  })

  test('asks again when a response is wanted and the learner said nothing', () => {
    const turn = nextTurn(introductions, { ...NEW_TALK, turnId: '1-mood' }, { kind: 'nothing' })
    expect(turn.text).toContain('How are you today?')
    expect(turn.text).not.toContain('Hello')
    expect(turn.state.turnId).toBe('1-mood')
  })

  test('says that it is over after its closing, whatever comes', () => {
    const over: TalkState = { ...NEW_TALK, isOver: true }
    for (const input of [{ kind: 'nothing' }, { kind: 'not-understood' }, { kind: 'typed', text: 'more' }] as const) {
      expect(nextTurn(introductions, over, input).text).toContain('press End')
    }
  })

  test('is taken up where its lines left it', () => {
    const greeting = nextTurn(introductions, NEW_TALK, { kind: 'nothing' }).text
    const second = nextTurn(introductions, { ...NEW_TALK, turnId: '1-mood' }, { kind: 'chosen', index: 1 }).text
    expect(resumeTalk(introductions, []).turnId).toBeNull()
    expect(resumeTalk(introductions, [{ role: 'assistant', text: greeting }]).turnId).toBe('1-mood')
    const lines = [
      { role: 'assistant' as const, text: greeting },
      { role: 'user' as const, text: 'I am fine, but I am tired.' },
      { role: 'assistant' as const, text: second },
    ]
    expect(resumeTalk(introductions, lines).turnId).toBe('2-home')
    expect(resumeTalk(introductions, [{ role: 'assistant', text: `Good. ${introductions.closing}` }]).isOver).toBe(true)
  })

  test('prepares exactly what it may say next', () => {
    const state = { ...NEW_TALK, turnId: '2-home' }
    const texts = possibleTexts(introductions, state)
    for (const [index] of openCards(introductions, state).entries()) {
      expect(texts).toContain(nextTurn(introductions, state, { kind: 'chosen', index }).text)
    }
  })

  test('never fails and always ends, whatever the learner does', () => {
    const input = fc.oneof(
      fc.record({ kind: fc.constant('chosen' as const), index: fc.integer({ min: -1, max: 5 }) }),
      fc.record({ kind: fc.constant('typed' as const), text: fc.string() }),
      fc.constant({ kind: 'not-understood' as const }),
      fc.constant({ kind: 'nothing' as const }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...topics.values()), fc.array(input, { maxLength: 30 }), (topic, inputs) => {
        let state = NEW_TALK
        for (const next of inputs) {
          const turn = nextTurn(topic, state, next)
          expect(turn.text.trim()).not.toBe('')
          expect(turn.cards.length > 0).toBe(!turn.state.isOver)
          state = turn.state
        }
        for (let step = 0; step < 9; step += 1)
          state = nextTurn(topic, state, { kind: 'typed', text: 'something of my own' }).state
        expect(state.isOver).toBe(true)
      }),
    )
  })
})

describe('matching a typed text with the cards', () => {
  const cards = [
    { id: 'r1', text: 'I live in a big city.' },
    { id: 'r2', text: 'I live in a small town.' },
    { id: 'r3', text: "No, I don't like sport at all." },
  ]

  test.each([
    ['r2', 1],
    ['I live in a small town', 1],
    ['i live in a big city!!', 0],
    ['I dont like sport at all', null],
    ['no i don’t like sport', 2],
    ['I do not live in a big city.', null],
    ['I live in a', null],
    ['', null],
    ['pineapple', null],
  ])('%j is %s', (text, expected) => {
    expect(matchTypedReply(text, cards)).toBe(expected)
  })
})

test('a topic is read from text as it is from the folder', () => {
  const topic = topicOf('b1-travel')
  expect(parseTopicFile('b1-travel.json', JSON.stringify(topic))).toEqual(topic)
})
