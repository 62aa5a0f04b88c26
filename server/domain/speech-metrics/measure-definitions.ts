/** What each measure is: its unit, the shortest silence that it calls a pause, what it is taken over, and who defines it. */
import { measureNames, type MeasureName, type PauseSource, type SpeechInput } from './speech-metrics.ts'

export interface MeasureDefinition {
  name: MeasureName
  unit: string
  thresholdMs: number | null
  base: string
  source: string
}

const convention = 'convention'
const deJong = 'De Jong & Wempe 2009'
const kormos = 'Kormos & Denes 2004'
const towell = 'Towell, Hawkins & Bazergui 1996'
const bosker = 'Bosker et al. 2013'
const skehan = 'Tavakoli & Skehan 2005'
const mccarthy = 'McCarthy & Jarvis 2010'

const turns = 'turns of the learner, pauses included'
const spoken = 'all that the learner said: fillers and replies read from cards too, typed messages not'
const own =
  'own spoken words; replies read from cards and typed messages left out; at least so many, since recognisers leave some out'
const ownVocabulary =
  'own words, spoken and typed, lower case; fillers, words broken off and replies read from cards left out'

/** Of the turns in `$turns`, see `describe`. */
const definitions: Record<MeasureName, [unit: string, thresholdMs: number | null, base: string, source: string]> = {
  learnerSpeechSeconds: [
    's',
    null,
    'from the first to the last speech of each turn of the learner, pauses included',
    convention,
  ],
  words: ['words', null, spoken, convention],
  ownWordShare: ['1', null, 'words said that were not read from a card, of all words said', convention],
  syllables: [
    'syllables',
    null,
    `${spoken}; as in a pronouncing dictionary, not as pronounced`,
    'CMU Pronouncing Dictionary',
  ],
  estimatedSyllableShare: [
    '1',
    null,
    'syllables of words that the dictionary does not have, of all syllables',
    'CMU Pronouncing Dictionary',
  ],
  wpm: ['words/min', null, `raw words; ${turns}; replies read from cards too`, convention],
  speechRate: ['syllables/min', null, '$turns, pauses included; replies read from cards too', deJong],
  articulationRate: ['syllables/min', 250, '$turns, pauses left out; replies read from cards too$seen', deJong],
  phonationTimeRatio: ['1', 250, 'time with sound, of $turns$seen', kormos],
  meanLengthOfRun: ['syllables', 250, 'stretches between pauses in $turns$seen', towell],
  meanPauseSeconds: ['s', 250, 'pauses inside $turns$seen', deJong],
  medianPauseSeconds: ['s', 250, 'pauses inside all turns of the learner$seen', bosker],
  pausesPerMinute: ['1/min', 250, 'per minute of sound, pauses left out, in all turns of the learner$seen', bosker],
  pausesPerMinute200: ['1/min', 200, 'per minute of sound, pauses left out, in all turns of the learner$seen', bosker],
  pausesPerMinute350: ['1/min', 350, 'per minute of sound, pauses left out, in all turns of the learner$seen', bosker],
  filledPausesPerMinute: ['1/min', null, `sounds such as "um" per minute of turns, pauses included; ${own}`, bosker],
  fillersPer100Words: ['1/100 words', null, `sounds such as "um"; ${own}`, convention],
  lexicalFillersPer100Words: ['1/100 words', null, `phrases such as "you know" that stand apart; ${own}`, convention],
  repairsPer100Words: ['1/100 words', null, `words said again at once or broken off; ${own}`, skehan],
  learnerTurns: [
    'turns',
    null,
    'what the learner said between two turns of the partner, or in one recorded part',
    convention,
  ],
  meanTurnSeconds: ['s', null, 'all turns of the learner, pauses included', convention],
  talkTimeShare: ['1', null, 'turns of the learner, of turns of both; pauses included', convention],
  meanResponseLatencySeconds: [
    's',
    null,
    "from the partner's end to the learner's start, where the learner did not start before it",
    convention,
  ],
  overlaps: ['turns', null, 'turns of the learner that share 100 ms or more with a turn of the partner', convention],
  ttr: ['1', null, `${ownVocabulary}; falls with length, so never to be read alone`, 'convention'],
  guiraud: ['1', null, ownVocabulary, 'Guiraud 1954'],
  maas: ['1', null, `${ownVocabulary}; lower is more varied`, 'Maas 1972'],
  mattr: ['1', null, `${ownVocabulary}; windows of 50`, 'Covington & McFall 2010'],
  hdd: ['1', null, `${ownVocabulary}; samples of 42`, 'McCarthy & Jarvis 2007'],
  mtld: ['words', null, `${ownVocabulary}; factor size 0.72, both directions`, mccarthy],
  typesInFirst100Words: ['words', null, `${ownVocabulary}; the first 100`, convention],
  frequentWordShare: [
    '1',
    null,
    `${ownVocabulary}; the 2,000 most frequent word forms of film and television speech, numbers in digits left out`,
    'SUBTLEX-US, Brysbaert & New 2009',
  ],
}

/** All measures in the order in which they are listed, as they are taken of such a session. */
export function describeMeasures(kind: SpeechInput['kind'], pauseSource: PauseSource): MeasureDefinition[] {
  const compared = kind === 'CONVERSATION' ? 'turns of the learner of 5 s and more' : 'turns of the learner'
  const seen = pauseSource === 'SEGMENTS' ? '; only pauses between the transcript’s segments are seen' : ''
  return measureNames.map((name) => {
    const [unit, thresholdMs, base, source] = definitions[name]
    return { name, unit, thresholdMs, base: base.replace('$turns', compared).replace('$seen', seen), source }
  })
}
