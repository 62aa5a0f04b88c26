/** Between a text as a learner types it and the words that the recogniser can look for. Pure. */

/** A word of the text, with what is said for it: "well-known" is two words, "–" none. */
export interface TextWord {
  word: string
  spoken: string[]
}

/** In seconds from the start of the sound. */
export interface Span {
  start: number
  end: number
}

export type TimedWord = { word: string } & Span

/** The words of a text, parted by white space. */
export function toTextWords(text: string): TextWord[] {
  return text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => ({ word, spoken: toSpoken(word) }))
}

/**
 * Gives each word of the text the time of what was found for it, in order. A word for which nothing could be looked for
 * (digits, another alphabet) shares the time between its neighbours.
 */
export function toTimedWords(words: readonly TextWord[], found: readonly Span[]): TimedWord[] {
  let next = 0
  const spans = words.map(({ spoken }): Span | null => {
    const own = found.slice(next, next + spoken.length)
    next += spoken.length
    const [first] = own
    const last = own.at(-1)
    return first && last ? { start: first.start, end: last.end } : null
  })
  return words.map(({ word }, index) => ({ word, ...(spans[index] ?? between(spans, index)) }))
}

function between(spans: readonly (Span | null)[], index: number): Span {
  const before = spans.slice(0, index).findLastIndex((span) => span !== null)
  const after = spans.findIndex((span, at) => at > index && span !== null)
  const start = before === -1 ? (spans[after]?.start ?? 0) : (spans[before]?.end ?? 0)
  const end = after === -1 ? start : (spans[after]?.start ?? start)
  const many = (after === -1 ? spans.length : after) - before - 1
  const share = Math.max(0, end - start) / many
  const from = start + share * (index - before - 1)
  return { start: from, end: from + share }
}

function toSpoken(word: string): string[] {
  return word
    .replaceAll(/[’‘]/gu, "'")
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z']+/gu, ' ')
    .split(' ')
    .map((part) => part.replaceAll(/^'+|'+$/gu, ''))
    .filter((part) => part !== '')
}
