/** What a learner may say at any point beside the answer: each way, at several questions, typed and as the recogniser writes it. */
import { describe, expect, test } from 'vitest'
import { findOpenTurn, nextTurn } from '../../server/partner/guided/conversation.ts'
import { findSmallTalk, SPOKEN_WORDINGS } from '../../server/partner/guided/small-talk.ts'
import { NEW_TALK, type PartnerTurn, type TalkState } from '../../server/partner/guided/talk-state.ts'
import { understand } from '../../server/partner/guided/understand.ts'
import type { Topic } from '../../server/partner/topic.ts'
import { makeSampleTopic } from '../support/sample-topic.ts'

const sample = makeSampleTopic()

function answer(state: TalkState, text: string, topic: Topic = sample): PartnerTurn {
  const turn = findOpenTurn(topic, state)
  return nextTurn(topic, state, turn ? understand(text, turn) : { kind: 'nothing' })
}

/** The states at the first, a middle and the last question. */
const points = [
  nextTurn(sample, NEW_TALK, { kind: 'nothing' }).state,
  answer({ ...NEW_TALK, turnId: '2-food', values: { country: 'Spain' } }, 'r1').state,
  answer({ ...NEW_TALK, turnId: '7-friends' }, 'r2').state,
]
const askedAt = ['Where do you come from?', 'Do you like Spain?', 'Do you want to talk again?']

describe.each(points.map((state, index) => [state.turnId ?? '', state, askedAt[index] ?? ''] as const))(
  'at the question %s',
  (_id, state, asked) => {
    test.each([
      'Can you say that again, please?',
      'could you repeat that',
      'Sorry, can you repeat the question please',
      'Please repeat.',
      'Again please',
      'Pardon?',
    ])('%j has the last line said again', (text) => {
      const turn = answer(state, text)
      expect(turn.text).toBe(`Of course. ${state.lastLine}`)
      expect(turn.text).toContain(asked)
      expect(answer(turn.state, text).text).toBe(turn.text)
      expect(turn.state.turnId).toBe(state.turnId)
    })

    test.each(['Slower, please.', 'Can you speak more slowly, please?', 'You speak too fast', 'slower'])(
      '%j has it said again more slowly, from now on',
      (text) => {
        const turn = answer(state, text)
        expect(turn.text).toBe(`Of course. I will speak more slowly. ${state.lastLine}`)
        expect(turn.state.speed).toBe(0.9)
        expect(answer(turn.state, 'r3').state.speed).toBe(0.9)
      },
    )

    test.each([
      "I don't understand.",
      'sorry I didn’t understand',
      'What does that mean?',
      'I do not understand the question',
    ])('%j has the question asked in easier words', (text) => {
      const turn = answer(state, text)
      const simpler = sample.turns
        .find(({ id }) => id === state.turnId)
        ?.simpler?.replace('{country|your country}', 'Spain')
      expect(turn.text).toBe(`No problem. ${simpler}`)
      expect(turn.state.turnId).toBe(state.turnId)
    })

    test.each([
      'What does breakfast mean?',
      'What does the word “breakfast” mean?',
      'what is the meaning of breakfast',
    ])('%j is answered, and the question asked again', (text) => {
      expect(answer(state, text).text).toBe(
        `Breakfast is what you eat in the morning. And now my question again. ${asked}`,
      )
    })

    test('a word without an explanation gets an honest answer', () => {
      expect(answer(state, 'What does volcano mean?').text).toMatch(/^I am sorry, I can't explain “volcano”\. \S/)
    })

    test.each(['Just a moment, please.', 'let me think', 'Wait', 'I need more time'])(
      '%j gets time, and no question',
      (text) => {
        expect(answer(state, text)).toMatchObject({ text: 'Take your time.', state: { turnId: state.turnId } })
      },
    )

    test.each([
      ['How are you?', 'I am a computer'],
      ['Thank you very much!', 'You are welcome.'],
    ])('%j is answered, and the question asked again', (text, reply) => {
      expect(answer(state, text).text).toMatch(new RegExp(`^${reply}.*${asked.replace('?', String.raw`\?`)}$`))
    })

    test.each(["Let's stop here.", 'Can we stop now please', 'I have to go now', 'Goodbye!'])(
      '%j ends the talk',
      (text) => {
        const turn = answer(state, text)
        expect(turn.text).toMatch(/^All right, we stop here\..*Goodbye!$/)
        expect(turn.state.isOver).toBe(true)
      },
    )
  },
)

describe('asked more than once', () => {
  const [first = NEW_TALK] = points

  test('“slower” goes down to three quarters of the speed, and then says so', () => {
    const speeds: number[] = []
    let state = first
    for (let times = 0; times < 4; times += 1) {
      const turn = answer(state, 'slower please')
      speeds.push(turn.state.speed)
      state = turn.state
    }
    expect(speeds).toEqual([0.9, 0.8, 0.75, 0.75])
    expect(answer(state, 'slower please').text).toMatch(/^I am very slow now/)
  })

  test('“I don’t understand” explains the words, and then what the cards are for', () => {
    let state: TalkState = { ...NEW_TALK, turnId: '2-food' }
    const texts = [1, 2, 3].map(() => {
      const turn = answer(state, "I don't understand")
      state = turn.state
      return turn.text
    })
    expect(texts[1]).toBe(
      'You can buy bread in a shop. Soup is hot, and you drink it. Yes or no? What do you eat in the morning?',
    )
    expect(texts[2]).toMatch(/read one of the cards/)
  })

  test('asking to hear it again after an explanation gives the explanation’s question', () => {
    const easier = answer(first, "I don't understand").state
    expect(answer(easier, 'again please').text).toBe('Of course. Your country: what is its name?')
  })
})

describe('what is small talk and what is not', () => {
  test.each(Object.entries(SPOKEN_WORDINGS))('every wording of %s is understood as that', (kind, wordings) => {
    for (const wording of wordings) {
      const shortest = wording
        .replaceAll(/\[[^\]]*\]/g, '')
        .replaceAll(/\(([^()|]*)\|[^()]*\)/g, '$1')
        .replaceAll(/\(([^()|]*)\|[^()]*\)/g, '$1')
        .replace('<asked>', 'bread')
      expect([shortest, findSmallTalk(shortest)?.kind]).toEqual([shortest, kind])
    }
  })

  test.each(['I thank my mother very much', 'I stop work at five', 'I understand', 'My house is again too small', ''])(
    '%j is none',
    (text) => {
      expect(findSmallTalk(text)).toBeNull()
    },
  )

  test('a card goes before small talk', () => {
    const topic = makeSampleTopic((file) => {
      const reply = file.turns[0]?.replies[2]
      if (reply) reply.text = 'Thank you very much!'
    })
    expect(answer({ ...NEW_TALK, turnId: '1-from' }, 'thank you very much', topic).text).toMatch(/^No problem\./)
  })

  test('an open slot takes no small talk', () => {
    const topic = makeSampleTopic((file) => {
      const reply = file.turns[0]?.replies[0]
      if (reply) Object.assign(reply, { text: 'I want to {country}.', variants: [] })
    })
    expect(() => topic).not.toThrow()
    expect(answer({ ...NEW_TALK, turnId: '1-from' }, 'I want to stop', topic).state.isOver).toBe(true)
  })
})
