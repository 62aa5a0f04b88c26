/**
 * The policy of free talk: the topic's questions one after the other, whatever the answers are. The partner hears that
 * something was said, and when, but not what: nothing it says claims to have understood. Pure.
 */
import { phrasesFor } from '../guided/phrases.ts'
import type { SaidLine } from '../guided/resume-talk.ts'
import { slowDown } from '../guided/slow-down.ts'
import { findSmallTalk } from '../guided/small-talk.ts'
import { fillLine } from '../slots/slot-text.ts'
import type { CefrLevel, Topic, TopicTurn } from '../topic.ts'

export interface FreeTalkState {
  /** Questions asked so far. */
  asked: number
  /** The open question was put in easier words since. */
  isEasier: boolean
  /** After the closing. */
  isOver: boolean
  /** Factor on the speaking rate; the learner can lower it. */
  speed: number
}

export type FreeTalkInput =
  /** Something was said or typed. */
  | { kind: 'answer' }
  /** Nothing was: the learner is still thinking. */
  | { kind: 'silence' }
  /** The question is to be asked again. */
  | { kind: 'asked' }
  /** What the learner typed or tapped: slower from now on, the question in easier words, or the end. */
  | { kind: 'slower' | 'confused' | 'stop' }
  /** The learner asked for a word; `meaning` is null where nothing explains it. */
  | { kind: 'word'; word: string; meaning: string | null }

export const NEW_FREE_TALK: FreeTalkState = { asked: 0, isEasier: false, isOver: false, speed: 1 }

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
  return listTurns(topic).map((turn) => fillLine(turn.ask, {}))
}

/** What the partner says next, and where the talk stands after. */
export function nextFreeTurn(topic: Topic, state: FreeTalkState, input: FreeTalkInput): FreeTurn {
  const phrases = phrasesOf(topic.level)
  const turns = listTurns(topic)
  if (state.isOver) return { text: phrases.over, state }
  const open = turns[state.asked - 1]
  if (!open) {
    const text = `${topic.opening} ${phrases.rules} ${questionOf(turns[0], false)}`
    return { text, state: { ...state, asked: 1 } }
  }
  const question = questionOf(open, state.isEasier)
  switch (input.kind) {
    case 'silence':
      return { text: phrases.patience, state }
    case 'asked':
      return { text: `${phrases.again} ${question}`, state }
    case 'slower':
      return sayMoreSlowly(topic.level, state, question)
    case 'confused':
      return putEasier(phrasesFor(topic.level).easier, state, open)
    case 'word': {
      const { noMeaning, back } = phrasesFor(topic.level)
      if (input.meaning === null) return putEasier(noMeaning(input.word), state, open)
      return { text: `${input.meaning} ${back} ${question}`, state }
    }
    case 'stop':
      return { text: topic.closing, state: { ...state, isOver: true } }
    case 'answer':
      return goOn(topic, state, turns)
  }
}

/**
 * Where a talk stands that was held before: used when a dropped call is taken up again. `speed` is the session's, from which
 * the learner may have slowed the partner down.
 */
export function resumeFreeTalk(
  topic: Topic,
  lines: readonly SaidLine[],
  speed: number = NEW_FREE_TALK.speed,
): FreeTalkState {
  const lastReply = lines.findLastIndex((line) => line.role === 'assistant')
  const said = lines.filter((line) => line.role === 'assistant').map((line) => line.text)
  const slowed = lines.slice(0, lastReply + 1).filter(asksForSlower)
  return {
    ...NEW_FREE_TALK,
    asked: listQuestions(topic).findLastIndex((question) => said.some((line) => line.includes(question))) + 1,
    isOver: said.some((line) => line.includes(topic.closing)),
    speed: slowed.reduce((current) => slowDown(topic.level, current).speed, speed),
  }
}

interface FreeTurn {
  text: string
  state: FreeTalkState
}

/** The turns of the topic's default way. */
function listTurns(topic: Topic): TopicTurn[] {
  const byId = new Map(topic.turns.map((turn) => [turn.id, turn]))
  const turns: TopicTurn[] = []
  for (let turn = topic.turns[0]; turn && turns.length < byId.size; turn = byId.get(turn.next)) turns.push(turn)
  return turns
}

function questionOf(turn: TopicTurn | undefined, isEasier: boolean): string {
  return turn ? fillLine(isEasier ? turn.simpler : turn.ask, {}) : ''
}

function asksForSlower({ role, text }: SaidLine): boolean {
  return role === 'user' && findSmallTalk(text)?.kind === 'slower'
}

function sayMoreSlowly(level: CefrLevel, state: FreeTalkState, question: string): FreeTurn {
  const { text, speed } = slowDown(level, state.speed)
  return { text: `${text} ${question}`, state: { ...state, speed } }
}

function putEasier(before: string, state: FreeTalkState, open: TopicTurn): FreeTurn {
  return { text: `${before} ${questionOf(open, true)}`, state: { ...state, isEasier: true } }
}

function goOn(topic: Topic, state: FreeTalkState, turns: readonly TopicTurn[]): FreeTurn {
  const { thanks, last } = phrasesOf(topic.level)
  const next = turns[state.asked]
  if (!next) return { text: topic.closing, state: { ...state, isOver: true } }
  const isLast = state.asked === turns.length - 1
  const before = isLast ? last : (thanks[(state.asked - 1) % thanks.length] ?? '')
  return { text: `${before} ${questionOf(next, false)}`, state: { ...state, asked: state.asked + 1, isEasier: false } }
}

function phrasesOf(level: CefrLevel): Phrases {
  return level === 'A1' || level === 'A2' ? SIMPLE : FLUENT
}
