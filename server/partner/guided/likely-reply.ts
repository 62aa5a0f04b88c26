/** Finds the reply whose words a text comes close enough to, and no other's. Pure. */
import { toListedValue, toPlainWords } from '../slots/match-slots.ts'
import { listSlots, type ReplySlot, type SlotValues } from '../slots/slot-text.ts'
import { SLOT_VALUES } from '../slots/slot-values.ts'
import type { TopicTurn } from '../topic.ts'
import type { ChosenReply } from './talk-state.ts'

/** Share of words in common (Dice) that makes a text the reply's. */
const ENOUGH = 0.7
/** How far the best must be ahead of the second. */
const LEAD = 0.2
const NEGATIONS = /^(no|not|never|nothing|nobody|none|cannot|without|.*n't)$/

/** The reply; null when the text is none of them. */
export function findLikeliestReply(text: string, turn: TopicTurn): ChosenReply | null {
  const scored = turn.replies.map((reply) => score(text, reply.text))
  const best = Math.max(...scored.map(({ likeness }) => likeness))
  const index = scored.findIndex(({ likeness }) => likeness === best)
  const second = Math.max(0, ...scored.filter((_, nth) => nth !== index).map(({ likeness }) => likeness))
  return best >= ENOUGH && best - second >= LEAD ? { index, variant: null, values: scored[index]?.values ?? {} } : null
}

/** A slot counts as one word that is in both when the text holds a value of its kind. */
function score(text: string, replyText: string): { likeness: number; values: SlotValues } {
  const others = toPlainWords(replyText.replaceAll(/\{[^{}]*\}/gu, ' '))
  let left = toPlainWords(text)
  const values: Record<string, string> = {}
  const slots = listSlots(replyText)
  for (const slot of slots) {
    const found = findValue(left, slot)
    if (!found) continue
    values[slot.name] = toListedValue(found.join(' '), slot.kind)
    left = withoutRun(left, found)
  }
  const filled = Object.keys(values).length
  const common = countCommon(left, others) + filled
  // "I do not live in a city" is close to its opposite by words alone.
  const isOpposite = left.filter(isNegation).length !== others.filter(isNegation).length
  const size = left.length + filled + others.length + slots.length
  return { likeness: isOpposite || size === 0 ? 0 : (2 * common) / size, values }
}

function findValue(words: readonly string[], slot: ReplySlot): string[] | null {
  const line = ` ${words.join(' ')} `
  return SLOT_VALUES[slot.kind]
    .map(toPlainWords)
    .filter((value) => line.includes(` ${value.join(' ')} `))
    .reduce<string[] | null>((longest, value) => (value.length > (longest?.length ?? 0) ? value : longest), null)
}

function withoutRun(words: readonly string[], run: readonly string[]): string[] {
  const at = words.findIndex((_, start) => run.every((word, offset) => words[start + offset] === word))
  return words.toSpliced(at, run.length)
}

function countCommon(words: readonly string[], others: readonly string[]): number {
  const left = [...others]
  return words.filter((word) => {
    const at = left.indexOf(word)
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  }).length
}

function isNegation(word: string): boolean {
  return NEGATIONS.test(word)
}
