/** Words, syllables, fillers, repairs and vocabulary, each where there are enough words to carry it. */
import { lengthOf } from './spans.ts'
import { isSpokenByLearner, type LearnerTurns } from './learner-turns.ts'
import * as lexical from './lexical-measures.ts'
import { missing, nothingSaid, noTranscript, type Reading } from './reading.ts'
import type { SpokenSegment } from './speech-metrics.ts'
import { countSpokenWords, type SpokenWords } from './spoken-words.ts'
import { leastRateSeconds } from './time-measures.ts'

const leastVocabularyWords = 75
const leastMtldWords = 100
const fromCards = 'Most of what you said was read from reply cards, which are not your own words.'

type CountName = 'words' | 'ownWordShare' | 'syllables' | 'estimatedSyllableShare'
type FillerName = 'filledPausesPerMinute' | 'fillersPer100Words' | 'lexicalFillersPer100Words' | 'repairsPer100Words'
type LexicalName = 'ttr' | 'guiraud' | 'maas' | 'mattr' | 'hdd' | 'mtld' | 'typesInFirst100Words' | 'frequentWordShare'

export function measureWords(
  segments: readonly SpokenSegment[],
  learner: LearnerTurns,
): Record<CountName | FillerName | LexicalName, Reading> {
  const spoken = countSpokenWords(segments)
  return {
    ...measureCounts(spoken, learner),
    ...measureFillers(spoken, learner, segments),
    ...measureVocabulary(spoken, learner),
  }
}

function measureCounts(spoken: SpokenWords, { hasTranscript, turns }: LearnerTurns): Record<CountName, Reading> {
  // Silence has no words; speech that nobody wrote down has an unknown number.
  const unknown = !hasTranscript && turns.length > 0 ? missing(noTranscript) : null
  const ofSome = (share: () => number): Reading => unknown ?? (spoken.words === 0 ? missing(nothingSaid) : share())
  return {
    words: unknown ?? spoken.words,
    ownWordShare: ofSome(() => spoken.ownWords / spoken.words),
    syllables: unknown ?? spoken.syllables,
    estimatedSyllableShare: ofSome(() => spoken.estimatedSyllables / spoken.syllables),
  }
}

/** Over the learner's own words, and so over their share of the time. */
function measureFillers(
  spoken: SpokenWords,
  learner: LearnerTurns,
  segments: readonly SpokenSegment[],
): Record<FillerName, Reading> {
  const ownMinutes = toOwnMinutes(learner, segments)
  const withEnough = (measure: () => number): Reading => {
    if (!learner.hasTranscript) return missing(learner.turns.length > 0 ? noTranscript : nothingSaid)
    if (isMostlyFromCards(spoken)) return missing(fromCards)
    if (ownMinutes * 60 >= leastRateSeconds && spoken.ownWords > 0) return measure()
    const seconds = Math.floor(ownMinutes * 60)
    return missing(`This needs ${leastRateSeconds} seconds of speech in your own words; there are ${seconds}.`)
  }
  const per100 = (count: number): Reading => withEnough(() => (100 * count) / spoken.ownWords)
  return {
    filledPausesPerMinute: withEnough(() => spoken.filledPauses / ownMinutes),
    fillersPer100Words: per100(spoken.filledPauses),
    lexicalFillersPer100Words: per100(spoken.lexicalFillers),
    repairsPer100Words: per100(spoken.repairs),
  }
}

function toOwnMinutes({ turns }: LearnerTurns, segments: readonly SpokenSegment[]): number {
  const timed = segments.filter((segment) => isSpokenByLearner(segment) && segment.endMs > segment.startMs)
  const total = timed.reduce((sum, segment) => sum + lengthOf(segment), 0)
  const own = timed.reduce((sum, segment) => sum + (segment.source === 'MATCHED' ? 0 : lengthOf(segment)), 0)
  const turnMs = turns.reduce((sum, turn) => sum + lengthOf(turn), 0)
  return total === 0 ? 0 : (turnMs * own) / total / 60_000
}

function isMostlyFromCards({ words, ownWords }: SpokenWords): boolean {
  return ownWords * 2 < words
}

function measureVocabulary(spoken: SpokenWords, learner: LearnerTurns): Record<LexicalName, Reading> {
  const words = spoken.vocabulary
  const withAtLeast = (least: number, measure: () => number | null): Reading => {
    if (words.length >= least) return measure() ?? missing('No word came twice, so there is nothing to compare.')
    if (words.length === 0 && !learner.hasTranscript && learner.turns.length > 0) return missing(noTranscript)
    if (isMostlyFromCards(spoken)) return missing(`${fromCards} This needs ${least}; there are ${words.length}.`)
    return missing(`This needs ${least} of your own words; there are ${words.length}.`)
  }
  return {
    ttr: withAtLeast(leastVocabularyWords, () => lexical.measureTtr(words)),
    guiraud: withAtLeast(leastVocabularyWords, () => lexical.measureGuiraud(words)),
    maas: withAtLeast(leastVocabularyWords, () => lexical.measureMaas(words)),
    mattr: withAtLeast(leastVocabularyWords, () => lexical.measureMattr(words)),
    hdd: withAtLeast(leastVocabularyWords, () => lexical.measureHdd(words)),
    mtld: withAtLeast(leastMtldWords, () => lexical.measureMtld(words)),
    typesInFirst100Words: withAtLeast(leastMtldWords, () => new Set(words.slice(0, 100)).size),
    frequentWordShare: withAtLeast(leastVocabularyWords, () => lexical.measureFrequentShare(words)),
  }
}
