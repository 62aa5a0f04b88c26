/** What each number means, in words for a learner: its name, how it is written, what it tells and what it does not. */
import type { MeasureName } from '../../../../server/domain/speech-metrics/speech-metrics.ts'

export interface MeasureWords {
  label: string
  /** The value as it is written, with its unit. */
  write: (value: number) => string
  /** What it is. */
  about: string
  /** How to read it, and what it cannot tell. */
  limits: string
}

const perMinute = (what: string) => (value: number) => `${Math.round(value)} ${what} a minute`
const few = (what: string) => (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ${what}`
/** Recognisers leave some out. */
const atLeast = (value: number): string => (value === 0 ? 'none found' : `at least ${value.toFixed(1)} in 100 words`)
const seconds = (value: number): string => `${value.toFixed(value < 2 ? 2 : value < 10 ? 1 : 0)} s`
const percent = (value: number): string => `${Math.round(value * 100)} %`
const count = (one: string, many: string) => (value: number) => `${value} ${value === 1 ? one : many}`

const turnsOnly = 'It is taken over your own turns; the time in which your partner speaks does not count.'
const cardsToo = 'Replies that you read from a card count too: reading aloud is often faster than speaking freely.'

/** In the order of the page. The first group is shown at once, the rest on demand. */
export const measureGroups: readonly { title: string; names: readonly MeasureName[] }[] = [
  {
    title: 'At a glance',
    names: [
      'wpm',
      'speechRate',
      'pausesPerMinute',
      'meanPauseSeconds',
      'phonationTimeRatio',
      'fillersPer100Words',
      'words',
      'mtld',
    ],
  },
  { title: 'Pace and pauses', names: ['articulationRate', 'meanLengthOfRun', 'medianPauseSeconds'] },
  { title: 'Searching for words', names: ['lexicalFillersPer100Words', 'repairsPer100Words'] },
  {
    title: 'Vocabulary',
    names: ['typesInFirst100Words', 'mattr', 'frequentWordShare', 'ownWordShare'],
  },
  {
    title: 'The conversation',
    names: ['learnerTurns', 'meanTurnSeconds', 'talkTimeShare', 'meanResponseLatencySeconds', 'overlaps'],
  },
]

export const measureWords: Partial<Record<MeasureName, MeasureWords>> = {
  wpm: {
    label: 'Words per minute',
    write: perMinute('words'),
    about: `How many words you say in a minute, pauses included. ${turnsOnly}`,
    limits: `People who speak their first language freely say about 120 to 180. Faster is not better: clear is. ${cardsToo}`,
  },
  speechRate: {
    label: 'Speech rate',
    write: perMinute('syllables'),
    about: 'Syllables a minute, pauses included. Fairer than words, since some words are long.',
    limits: `Of a conversation only your turns of 5 seconds and more count. ${cardsToo}`,
  },
  articulationRate: {
    label: 'Articulation rate',
    write: perMinute('syllables'),
    about: 'Syllables a minute while you do speak: the pauses are taken out.',
    limits: 'It hardly changes with practice in a few weeks, and depends on how fast you speak your first language.',
  },
  pausesPerMinute: {
    label: 'Pauses per minute',
    write: few('a minute'),
    about: 'How often you are silent in the middle of a turn, for each minute of sound.',
    limits: 'Everyone pauses. Pauses between sentences help a listener; many inside a sentence make it hard to follow.',
  },
  meanPauseSeconds: {
    label: 'Mean pause',
    write: seconds,
    about: 'How long your pauses are on average.',
    limits: 'A few very long pauses raise it much. The wait before you answer is no pause and does not count here.',
  },
  medianPauseSeconds: {
    label: 'Median pause',
    write: seconds,
    about: 'Half of your pauses are shorter than this, half are longer.',
    limits: 'A single long pause does not change it, so it is steadier than the mean.',
  },
  phonationTimeRatio: {
    label: 'Time with sound',
    write: percent,
    about: 'The share of your turns in which you really speak; the rest is pauses.',
    limits: 'A noisy room can hide pauses and raise it.',
  },
  meanLengthOfRun: {
    label: 'Syllables between pauses',
    write: few('syllables'),
    about: 'How much you say in one go before the next pause.',
    limits: 'Short answers are short runs: it tells more of long turns.',
  },
  fillersPer100Words: {
    label: 'Filler sounds',
    write: atLeast,
    about: 'Sounds such as “um” and “uh”.',
    limits:
      'Speech recognition leaves many out, so there may be more. They cost no points: no study found that they tell levels apart.',
  },
  lexicalFillersPer100Words: {
    label: 'Filler words',
    write: atLeast,
    about: 'Phrases such as “you know” or “I mean”, where they stand apart from the sentence.',
    limits: 'They cost no points. Where the transcript has no commas, most are missed.',
  },
  repairsPer100Words: {
    label: 'Repairs',
    write: atLeast,
    about: 'Words said again at once (“I went I went”) or broken off.',
    limits: 'They cost no points: to mend a sentence is a good thing. What you say in another way cannot be counted.',
  },
  words: {
    label: 'Words',
    write: count('word', 'words'),
    about: 'How many words you said in this session.',
    limits: 'The more there are, the surer the other numbers.',
  },
  ownWordShare: {
    label: 'Words of your own',
    write: percent,
    about: 'The share of your words that you did not read from a reply card.',
    limits: 'Vocabulary and grammar are judged by these words alone.',
  },
  mtld: {
    label: 'Variety of words',
    write: (value) => count('word', 'words')(Math.round(value)),
    about:
      'How many words you say on average until you begin to repeat yourself a lot (a measure called MTLD). Higher is more varied.',
    limits: 'It depends on the topic, and says nothing of whether the words were the right ones.',
  },
  mattr: {
    label: 'Different words in 50',
    write: percent,
    about: 'Of any 50 words in a row, the share that are different (a measure called MATTR).',
    limits: 'It depends on the topic.',
  },
  typesInFirst100Words: {
    label: 'Different words in your first 100',
    write: count('word', 'words'),
    about: 'How many different words are among the first hundred that you said.',
    limits: 'Easy to compare from session to session, but only the beginning counts.',
  },
  frequentWordShare: {
    label: 'Very common words',
    write: percent,
    about: 'The share of your words that are among the 2,000 most frequent of English.',
    limits: 'All speech is full of them. A lower share can mean a wider vocabulary, or a special topic.',
  },
  learnerTurns: {
    label: 'Your turns',
    write: count('turn', 'turns'),
    about: 'How often it was your turn and you spoke.',
    limits: 'It depends on how long the session was.',
  },
  meanTurnSeconds: {
    label: 'Mean turn',
    write: seconds,
    about: 'How long you speak on average before your partner does.',
    limits: 'It depends on the questions: a yes or no is a short turn, and a good one.',
  },
  talkTimeShare: {
    label: 'Your share of the talk',
    write: percent,
    about: 'Of all that was spoken, how much was you.',
    limits: 'For practice, half and more is good.',
  },
  meanResponseLatencySeconds: {
    label: 'Time before you answer',
    write: seconds,
    about: 'From the end of your partner’s turn to your first word.',
    limits: 'To think first is fine. Delays of the network can be part of it.',
  },
  overlaps: {
    label: 'Speaking at once',
    write: count('time', 'times'),
    about: 'How often you spoke while your partner did too.',
    limits: 'In lively talk it is normal.',
  },
}
