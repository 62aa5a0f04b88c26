/** The learner's words: how many were said, which of them are the learner's own, and what those hold. */
import { findFillers } from './fillers.ts'
import { isSpokenByLearner } from './learner-turns.ts'
import { countRepairs } from './repairs.ts'
import type { SpokenSegment } from './speech-metrics.ts'
import { openSyllableCounter } from './syllables.ts'
import { listWords } from './words.ts'

export interface SpokenWords {
  words: number
  syllables: number
  estimatedSyllables: number
  /** Of `words`, those that were not read from a card. */
  ownWords: number
  filledPauses: number
  lexicalFillers: number
  repairs: number
  /** For measures of vocabulary: own words, typed ones too, without fillers and words broken off. */
  vocabulary: readonly string[]
}

export function countSpokenWords(segments: readonly SpokenSegment[]): SpokenWords {
  const counter = openSyllableCounter()
  const counts = {
    words: 0,
    syllables: 0,
    estimatedSyllables: 0,
    ownWords: 0,
    filledPauses: 0,
    lexicalFillers: 0,
    repairs: 0,
  }
  for (const { text } of segments.filter(isSpokenByLearner))
    for (const word of listWords([text])) {
      const { syllables, estimated } = counter.count(word.text)
      counts.words += 1
      counts.syllables += syllables
      counts.estimatedSyllables += estimated
    }
  const vocabulary: string[] = []
  for (const { texts, isTyped } of listOwnTexts(segments)) {
    const words = listWords(texts)
    const { filled, lexical, lexicalCount } = findFillers(words)
    for (const [index, word] of words.entries())
      if (!word.isCutOff && !filled.has(index) && !lexical.has(index)) vocabulary.push(word.text)
    if (isTyped) continue
    counts.ownWords += words.length
    counts.filledPauses += filled.size
    counts.lexicalFillers += lexicalCount
    counts.repairs += countRepairs(words)
  }
  return { ...counts, vocabulary }
}

interface OwnTexts {
  texts: string[]
  isTyped: boolean
}

/** What the learner put into words: what follows one another in one turn belongs together, since a repair may cross segments. */
function listOwnTexts(segments: readonly SpokenSegment[]): OwnTexts[] {
  const groups: OwnTexts[] = []
  let isContinued = false
  for (const { speaker, source, text } of segments) {
    const isOwn = speaker === 'LEARNER' && source !== 'MATCHED'
    const isTyped = source === 'TYPED'
    const last = groups.at(-1)
    if (isOwn && isContinued && last?.isTyped === isTyped) last.texts.push(text)
    else if (isOwn) groups.push({ texts: [text], isTyped })
    isContinued = isOwn
  }
  return groups
}
