/**
 * The policy of a guided conversation: from a topic, a state and what the learner said to what the partner says next, the
 * cards it offers, and the state after. Pure: it neither speaks nor listens, and knows nothing of the protocol.
 */
import { END, type Topic, type TopicTurn } from '../topic.ts'
import { matchTypedReply, type ReplyCard } from './match-reply.ts'
import { phrasesFor } from './phrases.ts'

export interface TalkState {
  /** The turn whose question is open; null: before the first, or after the last. */
  turnId: string | null
  isOver: boolean
  /** Times in a row that the learner was not understood. */
  missed: number
  /** Answers in the learner's own words so far. */
  ownAnswers: number
}

export type LearnerInput =
  /** One of the offered cards, said or tapped. */
  | { kind: 'chosen'; index: number }
  | { kind: 'typed'; text: string }
  | { kind: 'not-understood' }
  /** The client asked for a response and the learner said nothing. */
  | { kind: 'nothing' }

export interface PartnerTurn {
  text: string
  cards: ReplyCard[]
  state: TalkState
}

export interface SaidLine {
  role: 'user' | 'assistant'
  text: string
}

export const NEW_TALK: TalkState = { turnId: null, isOver: false, missed: 0, ownAnswers: 0 }

/** The partner's next turn. */
export function nextTurn(topic: Topic, state: TalkState, input: LearnerInput): PartnerTurn {
  const turn = findTurn(topic, state.turnId)
  const phrases = phrasesFor(topic.level)
  if (state.isOver) return { text: phrases.over, cards: [], state }
  if (!turn) return ask(topic, { ...state, missed: 0 }, topic.turns[0]?.id ?? END, topic.opening)
  switch (input.kind) {
    case 'nothing':
      return { text: `${phrases.again} ${turn.ask}`, cards: toCards(turn), state }
    case 'not-understood':
      return notUnderstood(topic, state, turn)
    case 'chosen':
      return follow(topic, state, turn, input.index)
    case 'typed':
      return answerTyped(topic, state, turn, input.text)
  }
}

/** The cards of the open question. */
export function openCards(topic: Topic, state: TalkState): ReplyCard[] {
  const turn = findTurn(topic, state.turnId)
  return turn ? toCards(turn) : []
}

/** Everything the partner may say next, most likely first: what is worth preparing. */
export function possibleTexts(topic: Topic, state: TalkState): string[] {
  const turn = findTurn(topic, state.turnId)
  const inputs: LearnerInput[] = turn
    ? [...turn.replies.map((_, index): LearnerInput => ({ kind: 'chosen', index })), { kind: 'not-understood' }]
    : [{ kind: 'nothing' }]
  return inputs.map((input) => nextTurn(topic, state, input).text)
}

/** Where a conversation stands that was held before, as its lines tell: used when a dropped call is taken up again. */
export function resumeTalk(topic: Topic, lines: readonly SaidLine[]): TalkState {
  const isClosed = lines.some((line) => line.role === 'assistant' && line.text.includes(topic.closing))
  if (isClosed) return { ...NEW_TALK, isOver: true }
  const asked = lines.flatMap((line) =>
    line.role === 'assistant' ? topic.turns.filter((turn) => line.text.includes(turn.ask)) : [],
  )
  return { ...NEW_TALK, turnId: asked.at(-1)?.id ?? null }
}

function answerTyped(topic: Topic, state: TalkState, turn: TopicTurn, text: string): PartnerTurn {
  const index = matchTypedReply(text, toCards(turn))
  if (index !== null) return follow(topic, state, turn, index)
  const { ownWords } = phrasesFor(topic.level)
  const thanks = ownWords[state.ownAnswers % ownWords.length] ?? ''
  return ask(topic, { ...state, missed: 0, ownAnswers: state.ownAnswers + 1 }, turn.next, thanks)
}

function follow(topic: Topic, state: TalkState, turn: TopicTurn, index: number): PartnerTurn {
  const reply = turn.replies[index]
  if (!reply) return notUnderstood(topic, state, turn)
  return ask(topic, { ...state, missed: 0 }, reply.next ?? turn.next, reply.reaction)
}

function ask(topic: Topic, state: TalkState, turnId: string, before: string): PartnerTurn {
  const turn = findTurn(topic, turnId)
  if (!turn) return { text: `${before} ${topic.closing}`, cards: [], state: { ...state, turnId: null, isOver: true } }
  return { text: `${before} ${turn.ask}`, cards: toCards(turn), state: { ...state, turnId: turn.id } }
}

function notUnderstood(topic: Topic, state: TalkState, turn: TopicTurn): PartnerTurn {
  const { notUnderstood: phrases } = phrasesFor(topic.level)
  const phrase = phrases[Math.min(state.missed, 2)] ?? phrases[0]
  // The question itself is repeated when saying it once more has not helped.
  const text = state.missed === 1 ? `${phrase} ${turn.ask}` : phrase
  return { text, cards: toCards(turn), state: { ...state, missed: state.missed + 1 } }
}

function toCards(turn: TopicTurn): ReplyCard[] {
  return turn.replies.map((reply, index) => ({ id: `r${index + 1}`, text: reply.text }))
}

function findTurn(topic: Topic, id: string | null): TopicTurn | null {
  return topic.turns.find((turn) => turn.id === id) ?? null
}
