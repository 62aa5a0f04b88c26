/** An answer as placed words, with what is not the learner's own taken out: the question read back, and what they had said already. */
import { toPlainMarks } from '../own-words.ts'

/** One word of the answer in lower case, and where it stands. */
export interface PlacedWord {
  text: string
  start: number
  end: number
}

export interface AnswerText {
  /** As it was given. */
  text: string
  /** All of them, in order. */
  words: PlacedWord[]
  /** In the same places; where a word is not the learner's own its text is empty and matches nothing. */
  ownWords: PlacedWord[]
  /** How many of `ownWords` are left. */
  ownCount: number
}

/** So many words in a row are taken over, not chosen. Openings such as "the reason why I" are shorter. */
const copiedRun = 5
/** So many words in a row come twice only when something is said again. */
const repeatedRun = 8

/** What recognisers add of their own: `[laughter]`. */
const annotation = /\[[^[\]]*\]/gu
const wordPattern = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:'[\p{L}\p{M}\p{N}]+)*/gu

export function placeWords(text: string): PlacedWord[] {
  const spoken = toPlainMarks(text).replaceAll(annotation, (added) => ' '.repeat(added.length))
  return Array.from(spoken.matchAll(wordPattern), ({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }))
}

/** `sources` is what may have been read out: the prompt, the criteria. */
export function readAnswerText(answer: string, sources: readonly string[]): AnswerText {
  const words = placeWords(answer)
  const texts = words.map(({ text }) => text)
  const copied = new Set(
    sources.flatMap((source) =>
      listRuns(
        placeWords(source).map(({ text }) => text),
        copiedRun,
      ),
    ),
  )
  const isTaken = texts.map(() => false)
  markRuns(isTaken, listRuns(texts, copiedRun), copiedRun, (run) => copied.has(run))
  const said = new Set<string>()
  markRuns(isTaken, listRuns(texts, repeatedRun), repeatedRun, (run) => said.has(run) || !said.add(run))
  return {
    text: answer,
    words,
    ownWords: words.map((word, index) => (isTaken[index] ? { ...word, text: '' } : word)),
    ownCount: isTaken.filter((taken) => !taken).length,
  }
}

/** Every so many words in a row, at the place where they begin. A shorter text is no run. */
function listRuns(texts: readonly string[], length: number): string[] {
  return Array.from({ length: Math.max(0, texts.length - length + 1) }, (_, start) =>
    texts.slice(start, start + length).join(' '),
  )
}

function markRuns(
  isTaken: boolean[],
  runs: readonly string[],
  length: number,
  isFound: (run: string) => boolean,
): void {
  for (const [start, run] of runs.entries()) if (isFound(run)) isTaken.fill(true, start, start + length)
}
