/**
 * Words said again at once (`I went I went home`) and words broken off (`wan- wanted`). Source: Tavakoli and Skehan 2005,
 * of whose repair measures these two can be read from a transcript; reformulations cannot and are not counted.
 */
import { findFillers } from './fillers.ts'
import type { Mark, Word } from './words.ts'

const longestRepetition = 4
const strength: readonly Mark[] = ['NONE', 'EDGE', 'COMMA', 'SENTENCE']
/** Doubled on purpose: `very very good`, `no no`, `had had`. */
const doubledOnPurpose = new Set(
  'very really so much many more no yes yeah okay ok bye well far ever never again ha had that please thank hey hello hi now there long big too oh'.split(
    ' ',
  ),
)
/** Words that end no clause: with a comma between, only these are said again for want of the next word (`I, I went`). */
const endsNoClause = new Set(
  'a an the i we he she they my your his our their its and or but because if when of to at from with for is are was were am'.split(
    ' ',
  ),
)

interface WholeWord extends Word {
  /** Follows a word that was broken off, which was counted. */
  isRestart: boolean
}

/** How many repairs there are in the words of one turn. Filled pauses between do not matter. */
export function countRepairs(words: readonly Word[]): number {
  const cutOffs = words.filter((word) => word.isCutOff).length
  const whole = withoutFillers(words)
  let repetitions = 0
  for (let index = 0; index < whole.length;) {
    const length = findRepetition(whole, index)
    if (length > 0) repetitions += 1
    index += Math.max(1, length)
  }
  return cutOffs + repetitions
}

/** What is left of the words; the mark of one that is left out passes to the next, unless that has a stronger one. */
function withoutFillers(words: readonly Word[]): WholeWord[] {
  const { filled } = findFillers(words)
  const whole: WholeWord[] = []
  let passed: Mark = 'NONE'
  let isRestart = false
  for (const [index, word] of words.entries()) {
    const before: Mark = strength.indexOf(passed) > strength.indexOf(word.before) ? passed : word.before
    const isLeftOut = word.isCutOff || filled.has(index)
    if (!isLeftOut) whole.push({ ...word, before, isRestart })
    passed = isLeftOut ? before : 'NONE'
    isRestart = word.isCutOff || (isLeftOut && isRestart)
  }
  return whole
}

/** How many words from here are said again right after; 0 where none are. */
function findRepetition(words: readonly WholeWord[], start: number): number {
  for (let length = longestRepetition; length > 0; length -= 1) {
    if (isRepeated(words, start, length)) return length
  }
  return 0
}

function isRepeated(words: readonly WholeWord[], start: number, length: number): boolean {
  const again = start + length
  if (again + length > words.length) return false
  for (let offset = 0; offset < length; offset += 1)
    if (words[start + offset]?.text !== words[again + offset]?.text) return false
  // What is said again after a word that was broken off is one repair with it.
  for (let offset = 1; offset <= length; offset += 1) if (words[start + offset]?.isRestart) return false
  // A sentence that begins like the last one ended is not a repair.
  for (let offset = 1; offset < 2 * length; offset += 1) if (words[start + offset]?.before === 'SENTENCE') return false
  const last = words[again - 1]?.text ?? ''
  if (words[again]?.before === 'COMMA' && !endsNoClause.has(last)) return false
  return length > 1 || !(doubledOnPurpose.has(last) || /\p{N}/u.test(last))
}
