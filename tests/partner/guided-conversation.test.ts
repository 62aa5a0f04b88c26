/** The policy of guided conversation: what follows from what the learner says. */
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findOpenTurn, nextTurn, possibleTexts } from '../../server/partner/guided/conversation.ts'
import { toCards } from '../../server/partner/guided/reply-cards.ts'
import { resumeTalk, type SaidLine } from '../../server/partner/guided/resume-talk.ts'
import {
  NEW_TALK,
  type LearnerInput,
  type PartnerTurn,
  type TalkState,
} from '../../server/partner/guided/talk-state.ts'
import { understand } from '../../server/partner/guided/understand.ts'
import { countTurns } from '../../server/partner/topic/ways.ts'
import { loadTopics, type Topic } from '../../server/partner/topic.ts'
import { makeSampleTopic } from '../support/sample-topic.ts'

const topics = loadTopics(fileURLToPath(new URL('../../server/partner/topics', import.meta.url)))
const sample = makeSampleTopic()

/** What the partner answers to a learner who says these things one after the other; the first answer is the opening. */
function talk(topic: Topic, ...said: string[]): PartnerTurn[] {
  return said.reduce<PartnerTurn[]>(
    (turns, text) => [...turns, answer(topic, turns.at(-1)?.state ?? NEW_TALK, text)],
    [nextTurn(topic, NEW_TALK, { kind: 'nothing' })],
  )
}

function answer(topic: Topic, state: TalkState, text: string): PartnerTurn {
  const turn = findOpenTurn(topic, state)
  return nextTurn(topic, state, turn ? understand(text, turn) : { kind: 'nothing' })
}

/** All the partner's turns when the learner always takes the card at the same place. */
function walk(topic: Topic, index: number) {
  const turns = [nextTurn(topic, NEW_TALK, { kind: 'nothing' })]
  for (let step = 0; step < 20 && !turns.at(-1)?.state.isOver; step += 1) {
    const state = turns.at(-1)?.state ?? NEW_TALK
    turns.push(answer(topic, state, `r${index + 1}`))
  }
  return turns
}

describe('a guided conversation', () => {
  test('begins with the greeting and the first question', () => {
    expect(nextTurn(sample, NEW_TALK, { kind: 'nothing' }).text).toBe('Hello! Nice to see you. Where do you come from?')
  })

  test.each([...topics.values()])('of $key asks all its questions and closes kindly', (topic) => {
    const turns = walk(topic, 0)
    expect(turns).toHaveLength((countTurns(topic) ?? 0) + 1)
    expect(turns.at(-1)?.state.isOver).toBe(true)
    expect(turns.map((turn) => turn.text).join(' ')).not.toMatch(/[{}|]/)
  })

  test.each([...topics.values()])('of $key asks other questions of who answers otherwise', (topic) => {
    const ways = [0, 1, 2].map((index) => walk(topic, index).map((turn) => turn.state.turnId))
    const asked = ways.map((way) => new Set(way))
    const differing = asked.flatMap((one) => asked.map((other) => [...one].filter((id) => !other.has(id)).length))
    expect(Math.max(...differing)).toBeGreaterThanOrEqual(2)
  })

  test('follows the reply to its own next question', () => {
    expect(talk(sample, 'I live in the city of Lima').at(-1)?.text).toBe('Oh, Lima! Is your city big?')
    expect(talk(sample, 'I would rather not say').at(-1)?.text).toBe('No problem. What do you eat in the morning?')
  })

  test('stays at its question while nothing is understood, in three different ways, and then tells of other ways', () => {
    let { state } = nextTurn(sample, NEW_TALK, { kind: 'nothing' })
    const said = [1, 2, 3, 4].map(() => {
      const turn = nextTurn(sample, state, { kind: 'not-understood' })
      state = turn.state
      return turn.text
    })
    expect(state.turnId).toBe('1-from')
    expect(new Set(said).size).toBe(3)
    expect(said[2]).toMatch(/card.*type/)
    expect(answer(sample, state, 'r3').state.missed).toBe(0)
  })

  test('takes a typed card id, the words of a card, and words near to them for the card', () => {
    const { state } = answer(sample, { ...NEW_TALK, turnId: '1-from' }, 'r3')
    for (const text of ['r2', 'i have RICE or soup!!', 'I have the rice or soup'])
      expect(answer(sample, state, text).text).toMatch(/^Something hot!/)
  })

  test('accepts an answer in other words, and goes on', () => {
    const turn = answer(sample, { ...NEW_TALK, turnId: '6-work' }, 'I drive a lorry across Europe')
    expect(turn.text).toBe('Thank you for telling me. Do you see your friends?')
  })

  test('takes mere sounds of thinking for no answer', () => {
    expect(answer(sample, { ...NEW_TALK, turnId: '6-work' }, 'Um, uh…').state.turnId).toBe('6-work')
  })

  test('asks again when a response is wanted and the learner said nothing', () => {
    const turn = nextTurn(sample, { ...NEW_TALK, turnId: '1-from' }, { kind: 'nothing' })
    expect(turn.text).toBe('Here is the question again. Where do you come from?')
    expect(turn.state.turnId).toBe('1-from')
  })

  test('prompts gently into a silence, twice, and then waits without a word', () => {
    const first = nextTurn(sample, { ...NEW_TALK, turnId: '1-from' }, { kind: 'silence' })
    expect(first.text).toBe('Take your time. Your country: what is its name?')
    const second = nextTurn(sample, first.state, { kind: 'silence' })
    expect(second.text).toMatch(/still here/)
    const third = nextTurn(sample, second.state, { kind: 'silence' })
    expect(third.text).toBe('')
    expect(answer(sample, third.state, 'r3').state.prompted).toBe(0)
  })

  test('says that it is over after its closing, whatever comes', () => {
    const over: TalkState = { ...NEW_TALK, isOver: true }
    for (const kind of ['nothing', 'not-understood', 'own-words'] as const)
      expect(nextTurn(sample, over, { kind }).text).toContain('press End')
  })

  test('prepares what it may say next', () => {
    const state = { ...NEW_TALK, turnId: '2-food' }
    const texts = possibleTexts(sample, state)
    for (const card of ['r1', 'r2', 'r3']) expect(texts).toContain(answer(sample, state, card).text)
  })
})

describe('what was said in an open slot', () => {
  test('is in the reaction, in later questions, and in the recap', () => {
    const turns = talk(sample, 'I come from Spain.', 'I have rice or soup.')
    expect(turns[1]?.text).toBe('Spain! What a nice place. What do you eat in the morning?')
    expect(turns[2]?.text).toBe('Something hot! Do you like Spain?')
    expect(talk(sample, 'I come from Spain.', "Let's stop here.").at(-1)?.text).toContain(
      'Today you told me that you come from Spain.',
    )
  })

  test.each([
    ['i come from the united states', 'the United States'],
    ['I come from a little island', 'a little island'],
    ['I come from Côte d’Ivoire', 'Côte d’Ivoire'],
  ])('may be typed as %j', (typed, value) => {
    expect(talk(sample, typed).at(-1)?.state.values).toEqual({ country: value })
  })

  test('begins a sentence with a capital letter', () => {
    expect(talk(sample, 'I come from the united states').at(-1)?.text).toMatch(/^The United States! What/)
  })

  test('has a fallback in later lines when it was left open', () => {
    const turns = talk(sample, 'I come from ….', 'r2')
    expect(turns[1]?.text).toBe('Thank you for telling me. What do you eat in the morning?')
    expect(turns[2]?.text).toBe('Something hot! Do you like your country?')
  })

  test('is found in words near to the card', () => {
    expect(talk(sample, 'Well, I come from Japan').at(-1)?.state.values).toEqual({ country: 'Japan' })
  })

  test('is not small talk', () => {
    expect(answer(sample, { ...NEW_TALK, turnId: '5-time' }, 'I get up at half past seven').text).toMatch(
      /^At half past seven\?/,
    )
  })
})

describe('the end of a talk', () => {
  const end = (...said: string[]) => talk(sample, ...said, 'stop').at(-1)?.text ?? ''

  test('recaps in one line what the learner told, and says goodbye', () => {
    expect(end('I come from Spain', 'r1')).toBe(
      'All right, we stop here. Today you told me that you come from Spain and that you eat bread. Thank you for this talk. Goodbye!',
    )
    expect(end('r3')).toBe('All right, we stop here. Thank you for this talk. Goodbye!')
  })

  test('tells at most two things heard that could be said better, honestly and with the note', () => {
    const text = end('I coming from Spain', 'I am eat bread with cheese', 'r1', 'r1', 'I get up in nine')
    expect(text).toContain('One small thing I heard: “I coming from Spain.” We say “I come”.')
    expect(text).toContain('I also heard: “I am eat bread with cheese.” We say “I eat”, without “am”.')
    expect(text).not.toContain('With a time')
  })

  test('does not tell the same thing twice, nor of errors that nobody made', () => {
    const state: TalkState = {
      ...NEW_TALK,
      turnId: '8-last',
      errors: [1, 2].map(() => ({ text: 'I am do.', note: 'We say “I do”.' })),
    }
    expect(answer(sample, state, 'r2').text.match(/We say/g)).toHaveLength(1)
    expect(end('I come from Spain', 'I eat bread with cheese')).not.toContain('heard')
  })

  test('holds a recap of more than three clauses to three, and to two for beginners', () => {
    const recaps = ['a', 'b', 'c', 'd', 'e'].map((letter) => `you like ${letter}`)
    const last: TalkState = { ...NEW_TALK, turnId: '8-last', recaps }
    expect(answer(sample, last, 'r2').text).toContain('that you like a and that you like e.')
    const fluent: Topic = { ...sample, level: 'B1' }
    expect(answer(fluent, last, 'r2').text).toContain('that you like a, that you like c and that you like e.')
  })
})

describe('a talk that is taken up again', () => {
  const said = ['I coming from Spain', 'r1', 'r2', 'What does soup mean?', 'r1', 'I get up at nine']
  const turns = talk(sample, ...said)
  const lines = turns.flatMap(({ text }, index): SaidLine[] => [
    ...(index === 0 ? [] : [{ role: 'user' as const, text: said[index - 1] ?? '' }]),
    { role: 'assistant', text },
  ])

  test('stands where its lines left it, with all that was told', () => {
    for (const [index, turn] of turns.entries()) {
      const { turnId, values, recaps, errors } = resumeTalk(sample, lines.slice(0, index * 2 + 1))
      expect({ turnId, values, recaps, errors }).toEqual({
        turnId: turn.state.turnId,
        values: turn.state.values,
        recaps: turn.state.recaps,
        errors: turn.state.errors,
      })
    }
  })

  test('leaves an answer open that the partner had not yet replied to', () => {
    expect(resumeTalk(sample, lines.slice(0, 2)).turnId).toBe('1-from')
    expect(resumeTalk(sample, []).turnId).toBeNull()
  })

  test('is over when it was', () => {
    const closed = [
      ...lines,
      { role: 'user' as const, text: 'stop' },
      { role: 'assistant' as const, text: sample.closing },
    ]
    expect(resumeTalk(sample, closed).isOver).toBe(true)
  })

  test('goes on from the question that the partner asked, whatever the learner was taken to say', () => {
    const elsewhere: SaidLine[] = [
      { role: 'assistant', text: 'Hello! Nice to see you. Where do you come from?' },
      { role: 'user', text: '' },
      { role: 'assistant', text: 'Oh, Lima! Is your city big?' },
    ]
    expect(resumeTalk(sample, elsewhere).turnId).toBe('2-city')
  })

  test('does not lose its place when the last line broke off', () => {
    const broken = [...lines.slice(0, 2), { role: 'assistant' as const, text: 'Spain! What a' }]
    expect(resumeTalk(sample, broken)).toMatchObject({ turnId: '2-food', values: { country: 'Spain' } })
  })
})

test('whatever the learner does, the talk never fails, always has a question with cards until it ends, and ends', () => {
  const phrases = [
    'r1',
    'r2',
    'What does bread mean?',
    'slower',
    "I don't understand",
    'again',
    'wait',
    'thanks',
    'how are you',
    'um',
  ]
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(...phrases),
    fc.constantFrom('{country}', '|', '__proto__', '….', '👍'),
  )
  const input = fc.oneof(
    fc.record({ said: text }),
    fc.constantFrom<LearnerInput>({ kind: 'not-understood' }, { kind: 'nothing' }, { kind: 'silence' }),
    fc.record({
      kind: fc.constant('chosen' as const),
      index: fc.integer({ min: -1, max: 5 }),
      variant: fc.option(fc.integer({ min: 0, max: 3 })),
      values: fc.constant({}),
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom(sample, ...topics.values()), fc.array(input, { maxLength: 40 }), (topic, inputs) => {
      let { state } = nextTurn(topic, NEW_TALK, { kind: 'nothing' })
      const check = (turn: PartnerTurn) => {
        state = turn.state
        const open = findOpenTurn(topic, state)
        expect(open !== null).toBe(!state.isOver)
        expect(state.turnId === null || open !== null).toBe(true)
        if (open) expect(toCards(open).length).toBeGreaterThanOrEqual(3)
        expect(turn.text).not.toMatch(/\bundefined\b|\bnull\b/)
      }
      for (const next of inputs) {
        const turn = 'said' in next ? answer(topic, state, next.said) : nextTurn(topic, state, next)
        if (!('kind' in next && next.kind === 'silence')) expect(turn.text.trim()).not.toBe('')
        check(turn)
      }
      for (let step = 0; step < 14; step += 1) check(answer(topic, state, 'something of my own'))
      expect(state.isOver).toBe(true)
    }),
  )
})
