/** The rules for each line by itself: its marks, the length of its sentences, words that cannot be heard. */
import { listMarks } from '../slots/slot-text.ts'
import { toSentences } from '../voice/sentences.ts'
import type { LevelLimits } from './level-limits.ts'
import { listUnknownWords } from './pronunciations.ts'
import type { TopicLine } from './topic-lines.ts'

const ABBREVIATION = /\b(?:[a-z]\.[a-z]\b|(?:mr|mrs|ms|dr|st|vs|etc|approx|no)\.(?=\s+\S))/iu
const FIRST_PERSON = /\b(?:I|my|me|mine|myself)\b/u

/** What is wrong with one line. */
export function findLineFaults(line: TopicLine, limits: LevelLimits): string[] {
  const faults = [...findMarkFaults(line), ...findLengthFaults(line, limits), ...findHearingFaults(line)]
  return faults.map((fault) => `${line.place}: ${fault}: "${line.text}"`)
}

function findMarkFaults({ by, text }: TopicLine): string[] {
  const plain = text.replaceAll(/[“”]/gu, '')
  const isOpenEnded = by === 'recap'
  return [
    ...(/\d/u.test(text) ? ['write numbers as words'] : []),
    ...(/[()[\]<>]/u.test(text) ? ['no brackets'] : []),
    ...(text.includes('"') ? ['write quotes as “ ”'] : []),
    ...(/[^\x20-\x7e]/u.test(plain) ? ["only plain letters, the apostrophe ' and quotes “ ”"] : []),
    ...(ABBREVIATION.test(text) ? ['no abbreviations with dots'] : []),
    ...(isOpenEnded && /[.!?]$/u.test(text) ? ['a recap is a clause without a mark at its end'] : []),
    ...(isOpenEnded && FIRST_PERSON.test(text) ? ['a recap speaks to the learner: you, your'] : []),
    ...(!isOpenEnded && !/[.!?]”?$/u.test(text) ? ['a sentence ends with . ! or ?'] : []),
  ]
}

function findLengthFaults({ by, text }: TopicLine, limits: LevelLimits): string[] {
  const longest = by === 'partner' ? limits.partnerWords : by === 'reply' ? limits.replyWords : Infinity
  return toSentences(withSlotsAsWords(text))
    .map((sentence) => sentence.split(/\s+/u).filter((word) => /[a-z]/iu.test(word)).length)
    .filter((count) => count > longest)
    .map((count) => `a sentence of ${count} words, where ${longest} is the most`)
}

function findHearingFaults({ by, text }: TopicLine): string[] {
  if (by !== 'reply' && by !== 'variant') return []
  return listUnknownWords(text.replaceAll(/\{[^}]*\}/gu, ' ')).map((word) => `the recogniser does not know "${word}"`)
}

/** A slot counts as the words of its fallback, or as one. */
function withSlotsAsWords(text: string): string {
  const marks = listMarks(text)
  let index = 0
  return text.replaceAll(/\{[^{}]*\}/gu, () => marks[index++]?.fallback ?? 'something')
}
