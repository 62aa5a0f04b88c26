/** What counts as a word, a syllable, a filler and a repair: tables written by hand. */
import { describe, expect, test } from 'vitest'
import { findFillers } from '../../../server/domain/speech-metrics/fillers.ts'
import { spellNumber } from '../../../server/domain/speech-metrics/number-words.ts'
import { countRepairs } from '../../../server/domain/speech-metrics/repairs.ts'
import { openSyllableCounter } from '../../../server/domain/speech-metrics/syllables.ts'
import { listWords } from '../../../server/domain/speech-metrics/words.ts'
import { rankOf } from '../../../server/domain/speech-metrics/word-ranks.ts'
import { measure, said, segment, valueOf } from './constructed-speech.ts'

describe('words', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['   \n ', []],
    ['…?!', []],
    ['Hello.', ['hello']],
    ["Don't go", ["don't", 'go']],
    ['Don’t GO', ["don't", 'go']],
    ['the kids’ dogs', ['the', 'kids', 'dogs']],
    ["o'clock", ["o'clock"]],
    ['well-known', ['well', 'known']],
    ['yes—no', ['yes', 'no']],
    ['1,000 people', ['1,000', 'people']],
    ['at 10:30.', ['at', '10:30']],
    ['the 3rd of May', ['the', '3rd', 'of', 'may']],
    ['3.5 metres', ['3.5', 'metres']],
    ['in 2019.', ['in', '2019']],
    ['café', ['café']],
    ['cafe\u0301', ['café']],
    ['[laughter] so', ['so']],
    ['[[[[ so', ['so']],
    ['wan- wanted', ['wan', 'wanted']],
    ['我 喜欢', ['我', '喜欢']],
    ['🙂 fine 🙂', ['fine']],
    ['a/b', ['a', 'b']],
    ['“quoted”', ['quoted']],
    ['x'.repeat(5_000), ['x'.repeat(5_000)]],
    ['U.S.', ['u', 's']],
    ['e-mail', ['e', 'mail']],
    ["rock 'n' roll", ['rock', 'n', 'roll']],
    ['$5', ['5']],
    ['50%', ['50']],
    ['constructor', ['constructor']],
  ])('of %j', (text, expected) => {
    expect(listWords([text]).map((word) => word.text)).toEqual(expected)
    expect(valueOf(said(text), 'words')).toBe(expected.length)
  })
})

describe('syllables', () => {
  const dictionary: [string, number][] = (
    'cat 1,water 2,banana 3,strengths 1,every 3,family 3,comfortable 4,chocolate 2,fire 2,hour 2,our 2,' +
    "don't 1,it's 1,i'm 1,they're 1,isn't 2,o'clock 2,wednesday 2,vegetable 3,university 5,the 1,idea 3," +
    'queue 1,people 2,rhythm 2,beautiful 3,area 3,a 1,i 1,interesting 3,communication 5,responsibility 6'
  )
    .split(',')
    .map((pair) => [pair.split(' ')[0] ?? '', Number(pair.split(' ')[1])])

  test.each(dictionary)('%s has %d, from the dictionary', (word, syllables) => {
    expect(openSyllableCounter().count(word)).toEqual({ syllables, estimated: 0 })
    expect(valueOf(said(`${word} ${word}`), 'syllables')).toBe(2 * syllables)
    expect(valueOf(said(word), 'estimatedSyllableShare')).toBe(0)
  })

  test.each<[string, number]>([
    ['grobbish', 2],
    ['flimdorf', 2],
    ['zzz', 1],
    ['xq', 1],
    ['42', 3],
    ['1999', 5],
    ['2005', 4],
    ['1,000', 3],
    ['3.5', 3],
  ])('%s has %d, estimated', (word, syllables) => {
    expect(openSyllableCounter().count(word)).toEqual({ syllables, estimated: syllables })
    expect(valueOf(said(`cat cat ${word}`), 'estimatedSyllableShare')).toBeCloseTo(syllables / (2 + syllables))
  })

  test.each(Array.from({ length: 30 }, (_, index) => [index, index % 7] as const))(
    'of %d dictionary words and %d others the share is that of the others',
    (known, unknown) => {
      const text = [...Array<string>(known).fill('banana'), ...Array<string>(unknown).fill('grobbish')].join(' ')
      const share = known + unknown === 0 ? null : (2 * unknown) / (3 * known + 2 * unknown)
      expect(valueOf(said(text), 'estimatedSyllableShare')).toEqual(share === null ? null : expect.closeTo(share, 9))
    },
  )

  test.each(['constructor', 'toString', 'hasownproperty', '__proto__', 'prototype'])(
    'names that every object has, such as %s, are words like others',
    (word) => expect(openSyllableCounter().count(word).syllables).toBeGreaterThan(0),
  )
})

test.each<[string, string | null]>([
  ['0', 'zero'],
  ['7', 'seven'],
  ['15', 'fifteen'],
  ['20', 'twenty'],
  ['99', 'ninety nine'],
  ['100', 'one hundred'],
  ['342', 'three hundred forty two'],
  ['1000', 'one thousand'],
  ['1066', 'one thousand sixty six'],
  ['1999', 'nineteen ninety nine'],
  ['1900', 'nineteen hundred'],
  ['1905', 'nineteen oh five'],
  ['2000', 'two thousand'],
  ['2007', 'two thousand seven'],
  ['2024', 'twenty twenty four'],
  ['1,999', 'one thousand nine hundred ninety nine'],
  ['250000', 'two hundred fifty thousand'],
  ['5551234', 'five five five one two three four'],
  ['3.14', 'three point one four'],
  ['10:30', 'ten thirty'],
  ['3rd', null],
  ['cat', null],
  ['', null],
])('the number %s is said "%s"', (written, expected) => {
  expect(spellNumber(written)?.join(' ') ?? null).toBe(expected)
})

describe('fillers', () => {
  test.each<[string, filled: number, lexical: number]>([
    ['', 0, 0],
    ['cat', 0, 0],
    ['um', 1, 0],
    ['Um, I went to, uh, the shop.', 2, 0],
    ['Er the erm other ehm one', 3, 0],
    ['uhh ummm hmm mmm ah eh', 6, 0],
    ['Uh huh.', 0, 0],
    ['Uh-huh, mm-hmm.', 0, 0],
    ['Uh. Huh?', 1, 0],
    ['The umbrella is under her arm', 0, 0],
    ['The human error', 0, 0],
    ['I like tea.', 0, 0],
    ['I did not like to walk', 0, 0],
    ['It was, like, great.', 0, 1],
    ['It was like great.', 0, 0],
    ['It was um like uh great', 2, 1],
    ['Do you know him?', 0, 0],
    ['You know, I went home.', 0, 1],
    ['I went home, you know.', 0, 1],
    ['You know the answer.', 0, 0],
    ['I mean, it is, you know, hard.', 0, 2],
    ['What I mean is this.', 0, 0],
    ['It is, kind of, late.', 0, 1],
    ['What kind of tea?', 0, 0],
    ['It is, sort of, cold, basically, you know?', 0, 3],
    ['Basically, yes.', 0, 1],
    ['He took it literally.', 0, 0],
    ['You know? You know?', 0, 2],
    ['you. Know', 0, 0],
    ['Oh, I see.', 0, 0],
    ['like', 0, 1],
    ['A man, a ham, mum', 0, 0],
  ])('in %j: %d sounds, %d phrases', (text, filled, lexical) => {
    const words = listWords([text])
    const found = findFillers(words)
    expect([found.filled.size, found.lexicalCount]).toEqual([filled, lexical])
    if (words.length === 0) return
    expect(valueOf(said(text), 'fillersPer100Words')).toBeCloseTo((100 * filled) / words.length)
    expect(valueOf(said(text), 'lexicalFillersPer100Words')).toBeCloseTo((100 * lexical) / words.length)
    expect(valueOf(said(text, 90), 'filledPausesPerMinute')).toBeCloseTo(filled / 1.5)
  })

  test('are not counted in less than 20 seconds', () => {
    expect(measure(said('um um um', 19.9), 'fillersPer100Words')).toMatchObject({
      value: null,
      missingReason: expect.stringContaining('20 seconds'),
    })
  })
})

describe('repairs', () => {
  test.each<[string, number]>([
    ['', 0],
    ['cat', 0],
    ['I went home.', 0],
    ['I I went home.', 1],
    ['I, I went home.', 1],
    ['I um I went home.', 1],
    ['I, uh, I went home.', 1],
    ['I I I went home.', 2],
    ['I went I went home.', 1],
    ['I went to I went to the shop', 1],
    ['I wanted to go I wanted to go home', 1],
    ['The the the cat the cat sat', 3],
    ['I like it. It is good.', 0],
    ['I like it, it is good.', 0],
    ['I like it. Um, it is good.', 0],
    ['It is very very good.', 0],
    ['No, no, no.', 0],
    ['I had had enough.', 0],
    ['He said that that was wrong.', 0],
    ['Five five one, 2 2.', 1],
    ['I wan- wanted to go.', 1],
    ['I wan- I wan- I wanted it.', 2],
    ['A well-known man.', 0],
    ['And and then, then we went.', 1],
    ['My sister, my sister is tall.', 0],
    ['In the in the morning', 1],
    ['We we they they went', 2],
    ['the, the', 1],
    ['to. to', 0],
    ['Bye bye!', 0],
    ['one two three four five one two three four five', 0],
    ['She she is, she is, is late', 3],
    ['I wan- um I I wanted it.', 2],
  ])('in %j: %d', (text, repairs) => {
    const words = listWords([text])
    expect(countRepairs(words)).toBe(repairs)
    if (words.length > 0) expect(valueOf(said(text), 'repairsPer100Words')).toBeCloseTo((100 * repairs) / words.length)
  })

  test('are found across the segments of one turn, not across turns', () => {
    const first = segment({ text: 'I went to', startMs: 0, endMs: 15_000 })
    const second = segment({ text: 'to the shop', startMs: 16_000, endMs: 31_000 })
    const partner = segment({ speaker: 'PARTNER', text: 'Yes?', startMs: 15_000, endMs: 15_500 })
    const of = (...segments: (typeof first)[]) => ({ kind: 'CONVERSATION' as const, envelopes: [], segments })
    expect(valueOf(of(first, second), 'repairsPer100Words')).toBeCloseTo(100 / 6)
    expect(valueOf(of(first, partner, second), 'repairsPer100Words')).toBe(0)
  })
})

describe('fillers and repairs of a whole session', () => {
  const minuteMs = 60_000
  /** One sound, and one phrase that is said again. */
  const text = 'Um I went I went to the shop to buy it'
  const learner = (minute: number) =>
    segment({ itemId: `l${minute}`, text, startMs: minute * minuteMs, endMs: minute * minuteMs + 30_000 })
  const partner = (minute: number, overlapMs: number) => {
    const startMs = minute * minuteMs + 30_000 - overlapMs
    return segment({ itemId: `p${minute}`, speaker: 'PARTNER', text: 'Go on.', startMs, endMs: startMs + 20_000 })
  }
  const words = text.split(' ').length

  test.each([
    ['15 minutes', 15, 0],
    ['15 minutes in which the partner speaks over every answer', 15, 20_000],
  ])('of %s are those of each answer', (_what, minutes, overlapMs) => {
    const segments = Array.from({ length: minutes }, (_, minute) => [
      learner(minute),
      partner(minute, overlapMs),
    ]).flat()
    const input = { kind: 'CONVERSATION' as const, envelopes: [], segments }
    expect(valueOf(input, 'words')).toBe(minutes * words)
    expect(valueOf(input, 'fillersPer100Words')).toBeCloseTo(100 / words)
    expect(valueOf(input, 'lexicalFillersPer100Words')).toBe(0)
    expect(valueOf(input, 'repairsPer100Words')).toBeCloseTo(100 / words)
    expect(valueOf(input, 'filledPausesPerMinute')).toBeCloseTo(2)
  })
})

test.each<[string, boolean]>([
  ['the', true],
  ["don't", true],
  ["it's", true],
  ['monday', true],
  ['harbour', false],
  ['grobbish', false],
  ['constructor', false],
])('%s is among the 2,000 most frequent: %s', (word, isFrequent) => expect(rankOf(word) <= 2_000).toBe(isFrequent))
