/** Finds words and phrases in an answer, and which of them are there. It knows no meaning: "not a team" holds "team" too. */
import { type PlacedWord, placeWords } from './answer-text.ts'

/** A signal that was found: which, and the first place where it stands. */
export interface Hit {
  signal: string
  /** Of its words among the words that were searched. */
  first: number
  count: number
}

/**
 * The signals that stand in the words, in the order in which they stand, each once and at a place of its own: of two that share a
 * word the longer counts. In a signal a `*` at a word's end stands for any ending.
 */
export function findSignals(words: readonly PlacedWord[], signals: readonly string[]): Hit[] {
  const isUsed = words.map(() => false)
  const said = new Set(words.map(({ text }) => text))
  // Most signals are not there: that is known without looking through all words.
  const parsed = signals
    .map((signal) => ({ signal, parts: parseSignal(signal) }))
    .filter(({ parts }) => parts.every(({ text, isBeginning }) => isBeginning || said.has(text)))
  const found: Hit[] = []
  for (const { signal, parts } of parsed.toSorted((a, b) => b.parts.length - a.parts.length)) {
    const first = words.findIndex((_, index) => !isUsed[index] && standsAt(words, index, parts, isUsed))
    if (first < 0) continue
    isUsed.fill(true, first, first + parts.length)
    found.push({ signal, first, count: parts.length })
  }
  return found.toSorted((a, b) => a.first - b.first)
}

/** How often any of them stands in the words, places that overlap counted once. */
export function findAllPlaces(words: readonly PlacedWord[], signals: readonly string[]): Hit[] {
  const parsed = signals.map((signal) => ({ signal, parts: parseSignal(signal) }))
  const longestFirst = parsed.toSorted((a, b) => b.parts.length - a.parts.length)
  const found: Hit[] = []
  for (let index = 0; index < words.length;) {
    const here = longestFirst.find(({ parts }) => standsAt(words, index, parts))
    if (here) found.push({ signal: here.signal, first: index, count: here.parts.length })
    index += here?.parts.length ?? 1
  }
  return found
}

/** Of a list with commas between. */
export function listPhrases(text: string): string[] {
  return text.split(',').map((phrase) => phrase.trim())
}

/** Some that can be shown to a learner, in quotation marks and written as English is; those that end in a star cannot. */
export function listExamples(signals: readonly string[], most: number): string[] {
  return signals
    .filter((signal) => !signal.includes('*'))
    .slice(0, most)
    .map((signal) => `"${signal.trim().replace(/\bi\b/g, 'I')}"`)
}

interface SignalPart {
  text: string
  isBeginning: boolean
}

function parseSignal(signal: string): SignalPart[] {
  return placeWords(signal).map(({ text, end }) => ({ text, isBeginning: signal[end] === '*' }))
}

function standsAt(
  words: readonly PlacedWord[],
  start: number,
  parts: readonly SignalPart[],
  isUsed?: readonly boolean[],
): boolean {
  if (parts.length === 0) return false
  return parts.every(({ text, isBeginning }, offset) => {
    const word = words[start + offset]?.text
    if (word === undefined || isUsed?.[start + offset]) return false
    return isBeginning ? word.startsWith(text) : word === text
  })
}
