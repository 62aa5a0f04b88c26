/** Whether words can be read as English at all: what no scorer could judge honestly is told by this. Pure; words in lower case. */
import { shareOfCommonWords } from './common-words.ts'

/** Fewer words than these are too few to tell a language by. */
const leastWordsForLanguage = 20
/** English has at least 0.6 even from beginners and full of names, other languages at most 0.3; half and half passes. */
const leastCommonShare = 0.4
/** Of words in Latin letters. Mashed keys have more without a vowel, no language does. */
const mostVowellessShare = 0.3
/** Different words in 40 of them, on average: a pattern said over ("I like ...") has 15, a recogniser stuck in noise 1 to 5. */
const leastVariety = 8
const varietyWindow = 40

/** Mashed keys, or the same few words over and over. */
export function isGibberish(words: readonly string[]): boolean {
  return isMashed(words) || isStuck(words)
}

export function isOtherLanguage(words: readonly string[]): boolean {
  const isOther = words.length >= leastWordsForLanguage && shareOfCommonWords(words) < leastCommonShare
  return isOther || isMostlyOtherScript(words.join(''))
}

function isMashed(words: readonly string[]): boolean {
  const latin = words.filter((word) => /^[\p{Script=Latin}\p{M}']{2,}$/u.test(word))
  const vowelless = latin.filter((word) => !/[aeiouy]/u.test(toPlainLetters(word)))
  return (
    latin.length >= leastWordsForLanguage &&
    vowelless.length / latin.length > mostVowellessShare &&
    shareOfCommonWords(words) < leastCommonShare
  )
}

function isStuck(words: readonly string[]): boolean {
  const windows = Math.floor(words.length / varietyWindow)
  if (windows === 0) return false
  const sizes = Array.from(
    { length: windows },
    (_, index) => new Set(words.slice(index * varietyWindow, (index + 1) * varietyWindow)).size,
  )
  return sizes.reduce((sum, size) => sum + size, 0) / windows < leastVariety
}

/** Scripts without spaces have few "words": letters are counted. */
function isMostlyOtherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const latin = text.match(/\p{Script=Latin}/gu) ?? []
  return letters.length >= leastWordsForLanguage && latin.length < letters.length / 2
}

/** Without accents. */
function toPlainLetters(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ıøæœ]/gu, 'o')
}
