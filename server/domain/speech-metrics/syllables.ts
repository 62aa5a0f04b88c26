/** Syllables of words: from the CMU pronouncing dictionary, else estimated from the spelling. */
import { createRequire } from 'node:module'
import type { dictionary } from 'cmu-pronouncing-dictionary'
import type { syllable } from 'syllable'
import { spellNumber } from './number-words.ts'

export interface SyllableCount {
  syllables: number
  /** Of these, how many stem from the estimator. */
  estimated: number
}

/** Counts words one by one; keeps what it found for the next time that the same word comes. */
export interface SyllableCounter {
  count(word: string): SyllableCount
}

interface Sources {
  dictionary: typeof dictionary
  estimate: typeof syllable
}

/** Read when first asked for: 4.7 MB, a few tenths of a second once a process. */
let sources: Sources | undefined
function readSources(): Sources {
  if (sources) return sources
  const require = createRequire(import.meta.url)
  const { dictionary } = require('cmu-pronouncing-dictionary') as { dictionary: Sources['dictionary'] }
  const { syllable } = require('syllable') as { syllable: Sources['estimate'] }
  sources = { dictionary, estimate: syllable }
  return sources
}

/** Reads the dictionaries now rather than in the midst of other work. */
export function loadDictionaries(): void {
  readSources()
}

export function openSyllableCounter(): SyllableCounter {
  const known = new Map<string, SyllableCount>()
  return {
    count(word) {
      const found = known.get(word) ?? countSyllables(word)
      known.set(word, found)
      return found
    },
  }
}

function countSyllables(word: string): SyllableCount {
  const fromDictionary = lookUp(word)
  if (fromDictionary !== null) return { syllables: fromDictionary, estimated: 0 }
  const spelled = spellNumber(word)
  const syllables = spelled === null ? estimate(word) : sum(spelled.map((part) => lookUp(part) ?? estimate(part)))
  return { syllables, estimated: syllables }
}

/** Each vowel of a pronunciation carries its stress as a digit, and is one syllable. The first pronunciation counts. */
function lookUp(word: string): number | null {
  const { dictionary } = readSources()
  // Not every word is the dictionary's own: "constructor" is there by inheritance.
  if (!Object.hasOwn(dictionary, word)) return null
  return dictionary[word]?.match(/\d/g)?.length ?? null
}

/** Whatever was said has at least one. */
function estimate(word: string): number {
  return Math.max(1, readSources().estimate(word))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
