/** Finds the card that a typed text means: its id, its words, or words close enough to no other card's. Pure. */
import { toWords } from '../recognition/grammar.ts'

export interface ReplyCard {
  id: string
  text: string
}

/** Share of words in common (Dice) that makes a typed text the card's. */
const ENOUGH = 0.7
/** How far the best must be ahead of the second. */
const LEAD = 0.2
const NEGATIONS = /^(no|not|never|nothing|nobody|none|cannot|without|.*n't)$/

/** The card's index; null when the text is none of them. */
export function matchTypedReply(text: string, cards: readonly ReplyCard[]): number | null {
  const byId = cards.findIndex((card) => card.id === text.trim())
  if (byId !== -1) return byId
  const words = toWords(text)
  if (words.length === 0) return null
  const exact = cards.findIndex((card) => toWords(card.text).join(' ') === words.join(' '))
  if (exact !== -1) return exact
  const scores = cards.map((card) => likeness(words, toWords(card.text)))
  const best = Math.max(...scores)
  const second = Math.max(0, ...scores.filter((_, index) => index !== scores.indexOf(best)))
  return best >= ENOUGH && best - second >= LEAD ? scores.indexOf(best) : null
}

function likeness(words: readonly string[], others: readonly string[]): number {
  // "I do not live in a city" is close to its opposite by words alone.
  if (words.filter(isNegation).length !== others.filter(isNegation).length) return 0
  const left = [...others]
  const common = words.filter((word) => {
    const at = left.indexOf(word)
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
  return (2 * common.length) / (words.length + others.length)
}

function isNegation(word: string): boolean {
  return NEGATIONS.test(word)
}
