/**
 * The policy of free talk: the topic's questions one after the other, whatever the answers are. The partner hears that
 * something was said, and when, but not what: nothing it says claims to have understood. Pure.
 */
import { fillSlots } from '../slots/slot-text.ts'
import type { CefrLevel, Topic } from '../topic.ts'

export interface FreeTalkState {
  /** Questions asked so far. */
  asked: number
  /** After the closing. */
  isOver: boolean
}

export type FreeTalkInput =
  /** Something was said or typed. */
  | 'answer'
  /** Nothing was: the learner is still thinking. */
  | 'silence'
  /** The question is to be asked again. */
  | 'asked'
  /** The learner typed that they want to stop. */
  | 'stop'

export const NEW_FREE_TALK: FreeTalkState = { asked: 0, isOver: false }

interface Phrases {
  /** How it works, before the first question. */
  rules: string
  /** After an answer, in turn. */
  thanks: readonly string[]
  /** Before the last question. */
  last: string
  patience: string
  again: string
  over: string
}

const SIMPLE: Phrases = {
  rules: 'Speak freely. I only listen. I ask the next question when you stop.',
  thanks: [
    'Thank you. Here is my next question.',
    'Good, you keep talking. The next question is this.',
    'Thank you for your answer. Let us go on.',
    'Well done. Here comes another question.',
  ],
  last: 'Thank you. This is my last question.',
  patience: 'Take your time. I am listening.',
  again: 'Here is the question again.',
  over: 'Our talk is finished now. You can press End. Well done!',
}

const FLUENT: Phrases = {
  rules: 'Speak as freely as you like. I will only listen, and ask the next question when you have finished.',
  thanks: [
    'Thank you. Here is my next question.',
    'Thanks for talking about that. Let me ask you something else.',
    'Thank you for your answer. Let us move on.',
    'All right, thank you. I have another question for you.',
  ],
  last: 'Thank you. We have come to my last question.',
  patience: 'Take all the time you need. I am still listening.',
  again: 'Let me ask you that again.',
  over: "That was the last question, so we've come to the end. You can press End whenever you like.",
}

/** The topic's questions on its default way, with what an unheard answer would have filled left general. */
export function listQuestions(topic: Topic): string[] {
  const byId = new Map(topic.turns.map((turn) => [turn.id, turn]))
  const questions: string[] = []
  for (let turn = topic.turns[0]; turn && questions.length < byId.size; turn = byId.get(turn.next))
    questions.push(fillSlots(turn.ask, {}) ?? turn.ask)
  return questions
}

/** What the partner says next, and where the talk stands after. */
export function nextFreeTurn(
  topic: Topic,
  state: FreeTalkState,
  input: FreeTalkInput,
): { text: string; state: FreeTalkState } {
  const phrases = phrasesOf(topic.level)
  const questions = listQuestions(topic)
  if (state.isOver) return { text: phrases.over, state }
  if (state.asked === 0) {
    const text = `${topic.opening} ${phrases.rules} ${questions[0] ?? ''}`
    return { text, state: { ...state, asked: 1 } }
  }
  if (input === 'silence') return { text: phrases.patience, state }
  if (input === 'asked') return { text: `${phrases.again} ${questions[state.asked - 1] ?? ''}`, state }
  const question = questions[state.asked]
  if (question === undefined || input === 'stop') return { text: topic.closing, state: { ...state, isOver: true } }
  const isLast = state.asked === questions.length - 1
  const before = isLast ? phrases.last : (phrases.thanks[(state.asked - 1) % phrases.thanks.length] ?? '')
  return { text: `${before} ${question}`, state: { ...state, asked: state.asked + 1 } }
}

/** Where a talk stands that was held before, by the partner's lines: used when a dropped call is taken up again. */
export function resumeFreeTalk(topic: Topic, lines: readonly string[]): FreeTalkState {
  const asked = listQuestions(topic).findLastIndex((question) => lines.some((line) => line.includes(question))) + 1
  return { asked, isOver: lines.some((line) => line.includes(topic.closing)) }
}

function phrasesOf(level: CefrLevel): Phrases {
  return level === 'A1' || level === 'A2' ? SIMPLE : FLUENT
}
