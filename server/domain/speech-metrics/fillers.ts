/** Sounds and phrases that fill time, by their spelling in a transcript. Recognisers leave many out: every count is "at least". */
import type { Word } from './words.ts'

export interface Fillers {
  /** `um`, `uh`, `er`: how many, and which words of the list. */
  filled: ReadonlySet<number>
  /** `like`, `you know` and others, where they stand apart: how many, and which words belong to them. */
  lexicalCount: number
  lexical: ReadonlySet<number>
}

const filledPause = /^(?:u+h+m*|u+m+|e+r+m*|h+m+|m{2,}|a+h+m*|e+h+m*)$/u
/** After one of these sounds it is an answer (`uh huh`), not a search for words. */
const answerEnding = /^(?:huh|hu+h|hmm*|mm+)$/u
const answerBeginning = /^(?:u+h+|m+)$/u
const phrases = [['you', 'know'], ['i', 'mean'], ['kind', 'of'], ['sort', 'of'], ['like'], ['basically'], ['literally']]

/**
 * A phrase is a filler only where it stands apart: a comma, an edge or a filled pause on both sides. So `I like tea` and
 * `do you know` are none, and of a transcript without commas most are missed rather than invented.
 */
export function findFillers(words: readonly Word[]): Fillers {
  const filled = new Set<number>()
  for (const [index, word] of words.entries())
    if (filledPause.test(word.text) && !isAnswer(words, index)) filled.add(index)
  const lexical = new Set<number>()
  let lexicalCount = 0
  for (const index of words.keys()) {
    const phrase = phrases.find((phrase) => stands(words, filled, index, phrase))
    if (!phrase) continue
    lexicalCount += 1
    for (const offset of phrase.keys()) lexical.add(index + offset)
  }
  return { filled, lexicalCount, lexical }
}

function isAnswer(words: readonly Word[], index: number): boolean {
  const [before, word, after] = [words[index - 1], words[index], words[index + 1]]
  const isPair = (first: Word | undefined, second: Word | undefined): boolean =>
    first !== undefined &&
    second?.before === 'NONE' &&
    answerBeginning.test(first.text) &&
    answerEnding.test(second.text)
  return isPair(before, word) || isPair(word, after)
}

function stands(
  words: readonly Word[],
  filled: ReadonlySet<number>,
  index: number,
  phrase: readonly string[],
): boolean {
  const isSaid = phrase.every(
    (part, offset) =>
      words[index + offset]?.text === part && (offset === 0 || words[index + offset]?.before === 'NONE'),
  )
  if (!isSaid) return false
  const next = index + phrase.length
  const isApartBefore = words[index]?.before !== 'NONE' || filled.has(index - 1)
  const isApartAfter = next >= words.length || words[next]?.before !== 'NONE' || filled.has(next)
  return isApartBefore && isApartAfter
}
