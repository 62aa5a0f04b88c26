/** Measures of vocabulary, of words in lower case in the order they were said. All are defined in docs/speech-metrics.md. */
import { rankOf } from './word-ranks.ts'

/** Of MATTR. Source: Covington and McFall 2010, who show windows of this size. */
const windowWords = 50
/** Of HD-D, the size of the samples that are thought of. Source: McCarthy and Jarvis 2007. */
const sampleWords = 42
/** Of MTLD, where a stretch of words counts as used up. Source: McCarthy and Jarvis 2010. */
const factorTtr = 0.72
const frequentRank = 2_000

export function measureTtr(words: readonly string[]): number {
  return new Set(words).size / words.length
}

export function measureGuiraud(words: readonly string[]): number {
  return new Set(words).size / Math.sqrt(words.length)
}

/** Falls as the vocabulary grows. Two words at least. */
export function measureMaas(words: readonly string[]): number {
  const logWords = Math.log10(words.length)
  return (logWords - Math.log10(new Set(words).size)) / logWords ** 2
}

/** The mean share of different words in each stretch of 50. 50 words at least. */
export function measureMattr(words: readonly string[]): number {
  const counts = new Map<string, number>()
  let sum = 0
  for (const [index, word] of words.entries()) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
    if (index >= windowWords) leave(counts, words[index - windowWords])
    if (index >= windowWords - 1) sum += counts.size / windowWords
  }
  return sum / (words.length - windowWords + 1)
}

/** The share of different words to expect in 42 drawn at random. 42 words at least. */
export function measureHdd(words: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  let sum = 0
  for (const count of counts.values()) sum += (1 - chanceOfNone(words.length, count)) / sampleWords
  return sum
}

/** The mean length of a stretch whose share of different words stays at 0.72 or more; null where no word ever comes twice. */
export function measureMtld(words: readonly string[]): number | null {
  const forward = countFactors(words)
  const backward = countFactors(words.toReversed())
  return forward === 0 || backward === 0 ? null : (words.length / forward + words.length / backward) / 2
}

/** The share of words that are among the 2,000 most frequent; numbers in digits are left out. Null where nothing else is there. */
export function measureFrequentShare(words: readonly string[]): number | null {
  const spelled = words.filter((word) => !/\p{N}/u.test(word))
  if (spelled.length === 0) return null
  return spelled.filter((word) => rankOf(word) <= frequentRank).length / spelled.length
}

function leave(counts: Map<string, number>, word: string | undefined): void {
  if (word === undefined) return
  const count = (counts.get(word) ?? 0) - 1
  if (count > 0) counts.set(word, count)
  else counts.delete(word)
}

/** C(total - count, 42) / C(total, 42): that none of `count` is among 42 of `total`. */
function chanceOfNone(total: number, count: number): number {
  let chance = 1
  for (let drawn = 0; drawn < sampleWords; drawn += 1) chance *= Math.max(0, total - count - drawn) / (total - drawn)
  return chance
}

function countFactors(words: readonly string[]): number {
  let factors = 0
  let length = 0
  const types = new Set<string>()
  for (const word of words) {
    types.add(word)
    length += 1
    if (types.size / length >= factorTtr) continue
    factors += 1
    length = 0
    types.clear()
  }
  return length === 0 ? factors : factors + (1 - types.size / length) / (1 - factorTtr)
}
