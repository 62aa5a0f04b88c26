/** Vocabulary: the golden text, and texts made so that each measure can be worked out by hand. */
import { describe, expect, test } from 'vitest'
import type { MeasureName } from '../../../server/domain/speech-metrics/speech-metrics.ts'
import { measure, said, segment, valueOf } from './constructed-speech.ts'

/** The values of two independent implementations. */
const golden =
  'last summer i went to the coast with my sister and we stayed in a small house near the harbour every morning i walked along the beach and i looked at the boats my sister did not like to walk so she read a book in the garden in the afternoon we cooked fish that we bought at the market and then we played cards with the people next door they were very friendly and they told us a lot of stories about the town one day there was a big storm and we could not go out so we stayed in the kitchen and talked about our plans for the future i think it was the best holiday of my life because i had time to think and i felt really calm'

test.each<[MeasureName, number, number]>([
  ['words', 133, 9],
  ['ttr', 85 / 133, 9],
  ['ttr', 0.6391, 4],
  ['guiraud', 7.3704, 4],
  ['maas', 0.0431, 5],
  ['mattr', 0.7807, 4],
  ['hdd', 0.7948, 4],
  ['mtld', 72.413, 3],
])('the golden text has %s %d', (name, value, digits) => {
  expect(valueOf(said(golden), name)).toBeCloseTo(value, digits)
})

/** `types` different words said in turn, over and over, of which the first `frequent` are known to be frequent. */
interface Cycle {
  words: number
  types: number
  frequent: number
}

const frequentWords = 'the go you time good house water friend work school mother money night week play help'.split(' ')
const wordAt = ({ types, frequent }: Cycle, index: number): string => {
  const type = index % types
  const letter = (value: number): string => String.fromCodePoint(97 + value)
  return type < frequent
    ? (frequentWords[type] ?? '')
    : `z${letter(Math.floor(type / 26) % 26)}${letter(type % 26)}${letter(Math.floor(type / 676))}xq`
}
const textOf = (cycle: Cycle): string =>
  Array.from({ length: cycle.words }, (_, index) => wordAt(cycle, index)).join(' ')

const cycles: Cycle[] = [
  ...[0, 1, 74, 75, 99, 100, 101, 1_800].map((words) => ({ words, types: 18, frequent: 6 })),
  ...[1, 2, 3, 10, 18, 36, 49, 50, 51, 72, 73, 100, 149, 150].map((types) => ({
    words: 150,
    types,
    frequent: Math.min(types, 5),
  })),
  ...[80, 133, 200, 250, 333, 500, 750, 1_000, 1_500, 2_100].map((words, index) => ({
    words,
    types: 20 + 7 * index,
    frequent: index,
  })),
]

const countOf = ({ words, types }: Cycle, type: number): number =>
  Math.floor(words / types) + (type < words % types ? 1 : 0)
const typesOf = ({ words, types }: Cycle): number => Math.min(words, types)

/** C(n, k), exactly. */
function choose(n: number, k: number): bigint {
  if (k > n) return 0n
  let result = 1n
  for (let step = 1; step <= k; step += 1) result = (result * BigInt(n - k + step)) / BigInt(step)
  return result
}

function expectHdd(cycle: Cycle): number {
  const none = (count: number): number =>
    Number((choose(cycle.words - count, 42) * 10n ** 15n) / choose(cycle.words, 42)) / 1e15
  return Array.from({ length: typesOf(cycle) }, (_, type) => (1 - none(countOf(cycle, type))) / 42).reduce(
    (a, b) => a + b,
    0,
  )
}

/** Each factor takes just as many words as bring types / words below 0.72, from wherever in the cycle it starts. */
function expectMtld({ words, types }: Cycle): number | null {
  const factorWords = Math.floor((types * 100) / 72) + 1
  const rest = words % factorWords
  const partial = rest <= types ? 0 : (1 - types / rest) / 0.28
  const factors = Math.floor(words / factorWords) + partial
  return factors === 0 ? null : words / factors
}

const expectations: Partial<Record<MeasureName, { least: number; expected: (cycle: Cycle) => number | null }>> = {
  ttr: { least: 75, expected: (cycle) => typesOf(cycle) / cycle.words },
  guiraud: { least: 75, expected: (cycle) => typesOf(cycle) / cycle.words ** 0.5 },
  maas: {
    least: 75,
    expected: (cycle) => (Math.log(cycle.words / typesOf(cycle)) * Math.LN10) / Math.log(cycle.words) ** 2,
  },
  mattr: { least: 75, expected: ({ types }) => Math.min(50, types) / 50 },
  hdd: { least: 75, expected: expectHdd },
  mtld: { least: 100, expected: expectMtld },
  typesInFirst100Words: { least: 100, expected: ({ types }) => Math.min(100, types) },
  frequentWordShare: {
    least: 75,
    expected: (cycle) =>
      Array.from({ length: cycle.frequent }, (_, type) => countOf(cycle, type)).reduce((a, b) => a + b, 0) /
      cycle.words,
  },
}

describe.each(Object.entries(expectations))('%s', (name, { least, expected }) => {
  test.each(cycles)('of $words words, $types different, $frequent frequent', (cycle) => {
    const { value, missingReason } = measure(said(textOf(cycle), 1_200), name as MeasureName)
    const wanted = cycle.words < least ? null : expected(cycle)
    if (wanted === null) expect([value, missingReason]).toEqual([null, expect.stringMatching(/\.$/u)])
    else expect([value, missingReason]).toEqual([expect.closeTo(wanted, 8), null])
  })
})

test('there are at least 30 texts', () => expect(cycles.length).toBeGreaterThanOrEqual(30))

describe('whose words', () => {
  const own = textOf({ words: 80, types: 40, frequent: 0 })
  const spoken = segment({ text: own, startMs: 0, endMs: 60_000 })
  const card = segment({ text: golden, source: 'MATCHED', startMs: 60_000, endMs: 120_000 })
  const typed = segment({ text: own, source: 'TYPED', startMs: 120_000, endMs: 120_000 })
  const of = (...segments: (typeof spoken)[]) => ({ kind: 'CONVERSATION' as const, envelopes: [], segments })

  test('read from cards, they are no vocabulary, and the reason says so', () => {
    for (const name of [
      'ttr',
      'guiraud',
      'maas',
      'mattr',
      'hdd',
      'mtld',
      'typesInFirst100Words',
      'frequentWordShare',
    ] as const)
      expect(measure(of(card), name)).toMatchObject({
        value: null,
        missingReason: expect.stringContaining('reply cards'),
      })
    for (const name of [
      'filledPausesPerMinute',
      'fillersPer100Words',
      'lexicalFillersPer100Words',
      'repairsPer100Words',
    ] as const)
      expect(measure(of(card), name)).toMatchObject({
        value: null,
        missingReason: expect.stringContaining('reply cards'),
      })
  })

  test.each(
    Array.from({ length: 30 }, (_, index) => ({
      ownWords: index * 3,
      cardWords: (index * 7) % 50,
      typedWords: index % 4,
    })),
  )(
    '$ownWords own, $cardWords from cards, $typedWords typed: the share is of what was said',
    ({ ownWords, cardWords, typedWords }) => {
      const repeat = (count: number): string => Array<string>(count).fill('cat').join(' ')
      const input = of(
        { ...spoken, text: repeat(ownWords) },
        { ...card, text: repeat(cardWords) },
        { ...typed, text: repeat(typedWords) },
      )
      const expected = ownWords + cardWords === 0 ? null : ownWords / (ownWords + cardWords)
      expect(valueOf(input, 'ownWordShare')).toEqual(expected === null ? null : expect.closeTo(expected, 9))
    },
  )

  test('read from cards, they are words all the same, and have a pace', () => {
    expect(valueOf(of(spoken, card), 'words')).toBe(80 + 133)
    expect(valueOf(of(spoken, card), 'wpm')).toBeCloseTo((80 + 133) / 2)
    expect(valueOf(of(spoken, card), 'ownWordShare')).toBeCloseTo(80 / 213)
  })

  test('read from cards, their time is not that of the learner’s own fillers', () => {
    const filled = { ...spoken, text: `um ${own} um` }
    const few = { ...card, text: 'I would like a cup of tea' }
    expect(valueOf(of(filled, few), 'filledPausesPerMinute')).toBeCloseTo(2)
    expect(valueOf(of(filled, few), 'fillersPer100Words')).toBeCloseTo(200 / 82)
    const short = { ...filled, endMs: 19_000 }
    expect(measure(of(short, { ...few, startMs: 19_000 }), 'fillersPer100Words').missingReason).toContain(
      'there are 19',
    )
  })

  test('read from cards, they leave the vocabulary of the learner’s own words as it was', () => {
    expect(valueOf(of(spoken, card), 'guiraud')).toBe(valueOf(of(spoken), 'guiraud'))
  })

  test('typed, they are vocabulary and neither said nor paced', () => {
    expect(valueOf(of(typed), 'ttr')).toBeCloseTo(0.5)
    expect(valueOf(of(typed), 'words')).toBe(0)
    expect(valueOf(of(spoken, typed), 'wpm')).toBe(valueOf(of(spoken), 'wpm'))
    expect(valueOf(of(spoken, typed), 'ttr')).toBeCloseTo(40 / 160)
  })

  test('fillers and words broken off are no vocabulary', () => {
    expect(valueOf(said(`um, ${own} uh. You know, er, zaa- zaaaxq`), 'ttr')).toBeCloseTo(40 / 81)
  })
})
