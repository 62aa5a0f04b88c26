/** Which words of a question or a criterion say what it is about, and the same word in another form. Rough on purpose: no dictionary. */
import { rankOf } from '../../domain/speech-metrics/word-ranks.ts'
import { type PlacedWord, placeWords } from './answer-text.ts'
import type { Hit } from './signals.ts'

/** The most common forms of English, `the` to `ever`: what any answer holds, whatever it is about. */
const everydayRank = 300
const leastLetters = 3
/** What questions and criteria say of answers: `Names one example`, `Tell me about a time when`. */
const ofAnswering = new Set(
  'name names describe describes explain explains mention mentions state states tell tells say says show shows give gives use uses choose chooses example examples answer answers reason reasons speak speaks talk talks keep keeps least rather'.split(
    ' ',
  ),
)

/** The different stems of the words that carry a subject. */
export function listStems(words: readonly PlacedWord[]): string[] {
  return [...new Set(words.filter(({ text }) => isOfSubject(text)).map(({ text }) => toStem(text)))]
}

/** Where the words of a text that carry a subject stand in others, in any form: what is left to look for where a pack lists no signals. */
export function findSubjects(words: readonly PlacedWord[], text: string): { wanted: number; hits: Hit[] } {
  const stems = listStems(placeWords(text))
  const said = words.map((word) => (word.text === '' ? '' : toStem(word.text)))
  const hits = stems
    .map((stem) => ({ signal: stem, first: said.indexOf(stem), count: 1 }))
    .filter(({ first }) => first >= 0)
  return { wanted: stems.length, hits: hits.toSorted((a, b) => a.first - b.first) }
}

/** Whether a word or any word of a phrase carries a subject, rather than standing in every talk. */
export function isOfSubject(word: string): boolean {
  return word.length >= leastLetters && rankOf(word) > everydayRank && !ofAnswering.has(word)
}

const endings =
  /(?:ications?|icat(?:es?|ed|ing)|ations?|ements?|ments?|nesses|ness|ingly|edly|ities|ity|ances?|ences?|ings?|ions?|ers?|ors?|ies|ied|ed|es|s|ly|al|ive|able|y|e)$/u
const leastStem = 3

/** Without its ending: `deciding`, `decided` and `decides` are one; so, now and then, are words that are not the same. */
export function toStem(word: string): string {
  const plain = word.replace(/'s$|'$/u, '')
  const stem = plain.replace(endings, '')
  return stem.length < leastStem ? plain : stem.replace(/(.)\1$/u, '$1')
}
