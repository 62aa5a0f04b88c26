/** Open slots: their marks in the lines of a topic, their values, and how a sentence with values is matched. */
import { describe, expect, test } from 'vitest'
import { matchSlots, toListedValue } from '../../server/partner/slots/match-slots.ts'
import {
  cutAtSlots,
  fillSlots,
  hasSoundMarks,
  listSlots,
  showGaps,
  SLOT_KINDS,
  toTemplate,
} from '../../server/partner/slots/slot-text.ts'
import { SLOT_HINTS, SLOT_VALUES } from '../../server/partner/slots/slot-values.ts'
import { listUnknownWords } from '../../server/partner/topic-lint/pronunciations.ts'

describe.each(SLOT_KINDS)('the values of %s', (kind) => {
  const values = SLOT_VALUES[kind]

  test('are in the recogniser’s dictionary, every word', () => {
    expect(values.filter((value) => listUnknownWords(value).length > 0)).toEqual([])
  })

  test('are there once, in plain letters', () => {
    expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([])
    expect(values.filter((value) => !/^[A-Za-z][A-Za-z' -]*[A-Za-z]$/.test(value))).toEqual([])
  })

  test('hold the examples of its hint', () => {
    expect(SLOT_HINTS[kind].examples.filter((example) => !values.includes(example))).toEqual([])
    expect(SLOT_HINTS[kind].examples).toHaveLength(3)
  })
})

test('there are enough values for most learners', () => {
  const least = {
    name: 80,
    number: 100,
    day: 7,
    month: 12,
    time: 200,
    food: 100,
    drink: 30,
    city: 80,
    country: 80,
    place: 50,
    job: 60,
    hobby: 50,
    colour: 15,
  }
  for (const kind of SLOT_KINDS) expect([kind, SLOT_VALUES[kind].length >= least[kind]]).toEqual([kind, true])
})

describe('a line with marks', () => {
  test('is cut at its slots, shown with gaps, and travels with their names', () => {
    const text = 'My mother is {mother:name} and she is {job}.'
    expect(listSlots(text)).toEqual([
      { name: 'mother', kind: 'name' },
      { name: 'job', kind: 'job' },
    ])
    expect(cutAtSlots(text)).toEqual([
      'My mother is ',
      { name: 'mother', kind: 'name' },
      ' and she is ',
      { name: 'job', kind: 'job' },
      '.',
    ])
    expect(showGaps(text)).toBe('My mother is … and she is ….')
    expect(toTemplate(text)).toBe('My mother is {mother} and she is {job}.')
  })

  test('is filled with values, or with its fallback, with a capital letter where a sentence begins', () => {
    expect(fillSlots('{hobby}! Is {hobby} fun?', { hobby: 'swimming' })).toBe('Swimming! Is swimming fun?')
    expect(fillSlots('Is {country|your country} big? {country|Your country}!', {})).toBe(
      'Is your country big? Your country!',
    )
    expect(fillSlots('Is {country} big?', {})).toBeNull()
    expect(fillSlots('{constructor|it} is here', {})).toBe('It is here')
  })

  test.each(['{', 'a } b', '{}', '{a b}', '{food|}', '{food', 'a | b', '{{food}}'])('%j has no sound marks', (line) => {
    expect(hasSoundMarks(line)).toBe(false)
  })
})

describe('a sentence with slots', () => {
  test.each([
    ['I come from Spain.', { country: 'Spain' }],
    ['i come FROM the czech republic', { country: 'the Czech Republic' }],
    ['I come from a small island', { country: 'a small island' }],
    ['I come from Россия!', { country: 'Россия' }],
    ['I come from', null],
    ['I come from one two three four five', null],
    ['We come from Spain', null],
  ])('%j has the values %j', (text, values) => {
    expect(matchSlots(text, 'I come from {country}.')).toEqual(values)
  })

  test('may have two, parted by its words', () => {
    expect(matchSlots('I like rice and beans and green tea', 'I like {food} and {drink}.')).toEqual({
      food: 'rice',
      drink: 'beans and green tea',
    })
    expect(matchSlots('I am twenty one years old', 'I am {number} years old.')).toEqual({ number: 'twenty-one' })
    expect(matchSlots('I am 21 years old', 'I am {number} years old.')).toEqual({ number: '21' })
  })

  test('keeps a value as it was typed where no list has it', () => {
    expect(toListedValue('Jean-Luc', 'name')).toBe('Jean-Luc')
    expect(toListedValue('HALF PAST SEVEN', 'time')).toBe('half past seven')
  })
})
