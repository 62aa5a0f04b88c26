import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findSlips } from '../../server/evaluation/find-slips.ts'
import { slipPatterns } from '../../server/evaluation/slip-patterns.ts'
import { segmentsOf } from './evaluation-input.ts'
import { labelledTranscripts } from './labelled-transcripts.ts'

/** What is said, what to say instead, and sentences close to it that are right. */
const cases: [key: string, said: string, instead: string, right: string[]][] = [
  ['am-agree', 'Yes, I am agree with you.', 'I agree', ['I agree.', 'We are agreed.', 'I am agreeable to that.']],
  ['am-agree', 'I’m not agree with this.', "I don't agree", ['I don’t agree with this.']],
  ['he-dont', 'My dad works but he don’t cook.', "he doesn't", ['My mother and he don’t cook.', 'They don’t cook.']],
  [
    'he-have',
    'She have two cats.',
    'She has',
    ['Does she have two cats?', 'What would he have said?', 'My sister and he have a cat.', 'She has.'],
  ],
  [
    'he-go',
    'But she study medicine.',
    'she studies',
    ['Does she study medicine?', 'Let him and she go.', 'They suggest that he go.', 'She liked it.'],
  ],
  ['he-go', 'He go home alone.', 'He goes', ['What made him go?', 'He goes home.', 'He runs.']],
  [
    'there-is-many',
    'There was many people.',
    'there were many',
    ['There were many people.', 'There was many a storm.', 'There is much to do.'],
  ],
  [
    'didnt-went',
    'We didn’t went there.',
    "didn't go",
    ['We didn’t go there.', 'We did not, had we known.', 'I did nothing and went home.'],
  ],
  [
    'double-negative',
    'I don’t know nobody here.',
    "don't know anybody",
    ['I don’t know anybody.', 'I can’t find no one’s keys.', 'I don’t go no more.'],
  ],
  [
    'more-better',
    'The train is more better than the bus.',
    'better',
    ['It is better.', 'There are more older people in the town.', 'It is more than better.'],
  ],
  ['no-plural', 'She gave me many advices.', 'advice', ['He advises me.', 'She gave me advice.']],
  ['am-born', 'I am born in Lima.', 'I was born', ['I was born in Lima.']],
  [
    'have-years-old',
    'I have twenty years old.',
    'I am twenty years old',
    ['I have twenty years of experience.', 'I am twenty years old.'],
  ],
  ['very-like', 'I very like this song.', 'I really like', ['I very much like this song.', 'I like it very much.']],
  [
    'explain-me',
    'Can you explain me this?',
    'explain to me',
    ['Can you explain it to me?', 'That would explain me being late.'],
  ],
  [
    'discuss-about',
    'We discussed about the problem.',
    'discussed the',
    ['We discussed the problem.', 'We discuss about ten ideas a day.'],
  ],
  [
    'must-to',
    'You must to go now.',
    'must go',
    ['You have to go now.', 'It is a must to some.', 'I did more than I should to him.'],
  ],
  [
    'since-years',
    'I live here since three years.',
    'for three years',
    ['I have lived here for three years.', 'It was built some years ago.', 'I left since two years ago it closed.'],
  ],
  ['to-home', 'Then I went to home.', 'went home', ['I went home.', 'I went to home games a lot.']],
  ['listen-music', 'I listen music every day.', 'listen to music', ['I listen to music.', 'We listen, music helps.']],
  [
    'depends-of',
    'It depends of the weather.',
    'depends on',
    ['It depends on the weather.', 'All my dependents of course.'],
  ],
  ['is-depend', 'It’s depend on you.', 'it depends', ['It depends on you.', 'It is dependent on you.']],
  [
    'people-is',
    'I think people is nice here.',
    'people are',
    ['One of these people is my aunt.', 'The number of people is growing.'],
  ],
  [
    'one-of-my-friend',
    'I called one of my friend.',
    'one of my friends',
    ['I met one of my friend’s sisters.', 'It is one of the problem areas.'],
  ],
]

test.each(cases)('%s: "%s" becomes "%s"', (key, said, instead, right) => {
  const [tip, ...others] = findSlips(segmentsOf([said]))
  expect(slipPatterns.find((slip) => slip.key === key)?.why).toBeDefined()
  expect(tip?.text).toBe(`Say "${instead}" here. ${slipPatterns.find((slip) => slip.key === key)?.why}`)
  expect(said).toContain(tip?.quote)
  expect(others).toEqual([])
  expect(findSlips(segmentsOf(right))).toEqual([])
})

test('each pattern has a case', () => {
  expect(new Set(cases.map(([key]) => key))).toEqual(new Set(slipPatterns.map(({ key }) => key)))
})

test('the most frequent slip comes first, each kind once', () => {
  const texts = ['I have many informations.', 'He don’t go.', 'But he don’t eat.']
  const tips = findSlips(segmentsOf(texts))
  expect(tips.map(({ segmentItemId }) => segmentItemId)).toEqual(['item-2', 'item-1'])
})

describe('nothing is found in sound English', () => {
  const topicsFolder = new URL('../../server/partner/topics/', import.meta.url)
  const lines = readdirSync(topicsFolder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => listTexts(JSON.parse(readFileSync(new URL(file, topicsFolder), 'utf8'))))

  test('all lines of all topics, but for the wrong ones that they warn of', () => {
    expect(lines.length).toBeGreaterThan(1_000)
    expect(findSlips(segmentsOf(lines))).toEqual([])
  })

  test.each(labelledTranscripts.filter(({ label }) => label !== 'A2'))('the transcript $name', ({ segments }) => {
    expect(findSlips(segments)).toEqual([])
  })
})

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return value.includes(' ') ? [value] : []
  if (Array.isArray(value)) return value.flatMap(listTexts)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'variants' ? [] : listTexts(inner)))
}
