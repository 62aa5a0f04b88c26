/** Matches what was said or typed against a sentence with open slots. Pure. */
import { cutAtSlots, type ReplySlot, type SlotValues } from './slot-text.ts'
import { SLOT_VALUES } from './slot-values.ts'

/** A value typed by hand may have this many words; any words will do. */
const MOST_VALUE_WORDS = 4

interface Token {
  word: string
  start: number
  end: number
}

/** The values of the slots, by name, when the text is the sentence word for word; null when it is not. */
export function matchSlots(text: string, sentence: string): SlotValues | null {
  const said = toTokens(text)
  const pattern = cutAtSlots(sentence).flatMap((part): (string | ReplySlot)[] =>
    typeof part === 'string' ? toTokens(part).map((token) => token.word) : [part],
  )
  return matchFrom(text, said, pattern)
}

/** The text's words as they are compared: lower case, without marks and accents, cut at hyphens. */
export function toPlainWords(text: string): string[] {
  return toTokens(text).map((token) => token.word)
}

/** A value in the spelling of the lists where they have it, else as it was typed. */
export function toListedValue(value: string, kind: ReplySlot['kind']): string {
  const plain = toPlainWords(value).join(' ')
  return SLOT_VALUES[kind].find((listed) => toPlainWords(listed).join(' ') === plain) ?? value
}

function matchFrom(text: string, said: readonly Token[], pattern: readonly (string | ReplySlot)[]): SlotValues | null {
  const [part, ...rest] = pattern
  if (part === undefined) return said.length === 0 ? {} : null
  if (typeof part === 'string') return said[0]?.word === part ? matchFrom(text, said.slice(1), rest) : null
  for (let count = 1; count <= Math.min(MOST_VALUE_WORDS, said.length); count += 1) {
    const others = matchFrom(text, said.slice(count), rest)
    if (!others) continue
    const value = text.slice(said[0]?.start, said[count - 1]?.end)
    return { ...others, [part.name]: toListedValue(value, part.kind) }
  }
  return null
}

function toTokens(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’‘][\p{L}\p{M}\p{N}]+)*/gu)].map((match) => ({
    word: match[0].replaceAll(/[’‘]/gu, "'").normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }))
}
