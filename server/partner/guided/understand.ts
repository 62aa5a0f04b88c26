/** What the learner's words mean at an open question: a card, small talk, an answer of their own, or nothing at all. Pure. */
import { matchSlots, toPlainWords } from '../slots/match-slots.ts'
import { fillSlots, listSlots, showGaps } from '../slots/slot-text.ts'
import type { TopicTurn } from '../topic.ts'
import { findLikeliestReply } from './likely-reply.ts'
import { toCards } from './reply-cards.ts'
import { findSmallTalk } from './small-talk.ts'
import type { ChosenReply, LearnerInput } from './talk-state.ts'

/** Sounds of thinking, which a free recogniser may write down. */
const HESITATION = /^(?:u+h+m*|u+m+|e+r+m*|h+m+|m+|a+h+|o+h+|mhm)$/u

export function understand(text: string, turn: TopicTurn): LearnerInput {
  const words = toPlainWords(text)
  if (words.every((word) => HESITATION.test(word))) return { kind: 'not-understood' }
  const sayings = listSayings(turn)
  const fixed = findSaying(
    text,
    sayings.filter((saying) => !saying.isOpen),
  )
  if (fixed) return { kind: 'chosen', ...fixed }
  // Before open slots, which take any words: "I want to stop" is no food.
  const talk = findSmallTalk(text)
  if (talk) return { kind: 'small-talk', talk }
  const open = findSaying(
    text,
    sayings.filter((saying) => saying.isOpen),
  )
  const chosen = open ?? findCard(text, turn) ?? findLikeliestReply(text, turn)
  return chosen ? { kind: 'chosen', ...chosen } : { kind: 'own-words' }
}

/** The reply or variant as it is shown on the card or transcript, its slots filled where something was said for them. */
export function toSaidText(turn: TopicTurn, { index, variant, values }: ChosenReply): string {
  const reply = turn.replies[index]
  const text = (variant === null ? reply?.text : reply?.variants?.[variant]?.text) ?? ''
  return fillSlots(text, values) ?? showGaps(text)
}

interface Saying {
  index: number
  variant: number | null
  text: string
  isOpen: boolean
}

function listSayings(turn: TopicTurn): Saying[] {
  return turn.replies.flatMap((reply, index) =>
    [reply, ...(reply.variants ?? [])].map(({ text }, nth) => ({
      index,
      variant: nth === 0 ? null : nth - 1,
      text,
      isOpen: listSlots(text).length > 0,
    })),
  )
}

function findSaying(text: string, sayings: readonly Saying[]): ChosenReply | null {
  for (const { index, variant, text: sentence } of sayings) {
    const values = matchSlots(text, sentence)
    if (values) return { index, variant, values }
  }
  return null
}

/** A card by its id, or by its text with the gap left open. */
function findCard(text: string, turn: TopicTurn): ChosenReply | null {
  const plain = toPlainWords(text).join(' ')
  const index = toCards(turn).findIndex(
    (card) => card.id === text.trim() || toPlainWords(card.text).join(' ') === plain,
  )
  return index === -1 ? null : { index, variant: null, values: {} }
}
