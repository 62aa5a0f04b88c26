/** The topic files as they ship: enough of them, good by every rule of the linter, and sayable. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { GENERAL_TOPIC } from '../../server/partner/briefed-talk.ts'
import { phrasesFor } from '../../server/partner/guided/phrases.ts'
import { lintTopic } from '../../server/partner/topic-lint/lint-topic.ts'
import { listLines } from '../../server/partner/topic-lint/topic-lines.ts'
import { CEFR_LEVELS, loadTopics, parseTopicFile, TopicFileError } from '../../server/partner/topic.ts'
import { toSpeakable } from '../../server/partner/voice/sentences.ts'
import { makeSampleFile, SAMPLE_FILE, type SampleFile } from '../support/sample-topic.ts'

const folder = fileURLToPath(new URL('../../server/partner/topics', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const topics = loadTopics(folder)

describe('the topics that ship', () => {
  test('cover every level, and include the general talk', () => {
    const levels = new Set([...topics.values()].map((topic) => topic.level))
    expect([...levels].toSorted()).toEqual([...CEFR_LEVELS])
    expect(topics.has(GENERAL_TOPIC)).toBe(true)
    expect(topics.size).toBeGreaterThanOrEqual(30)
  })

  test.each(files)('%s keeps every rule', (file) => {
    expect(lintTopic(file, readFileSync(`${folder}/${file}`, 'utf8'))).toEqual([])
  })

  test('have titles of their own', () => {
    const titles = [...topics.values()].map((topic) => topic.title)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })

  test('say nothing that the voice would leave out', () => {
    const said = [...topics.values()].flatMap((topic) => listLines(topic).map((line) => line.text))
    for (const line of said) expect(toSpeakable(line)).toBe(line.replaceAll(/[“”]/g, '"').trim())
  })
})

test.each(CEFR_LEVELS)('the partner says nothing beside the topics of %s that the voice would leave out', (level) => {
  const plain = Object.values(phrasesFor(level)).flatMap((phrase: unknown) =>
    (Array.isArray(phrase) ? phrase : [phrase]).filter((text) => typeof text === 'string'),
  )
  expect(plain.length).toBeGreaterThan(15)
  for (const text of plain) expect(toSpeakable(text)).toBe(text)
})

describe('a topic file at fault', () => {
  const parse = (change: (file: SampleFile) => void) => () => {
    const file = makeSampleFile()
    change(file)
    return parseTopicFile(SAMPLE_FILE, JSON.stringify(file))
  }

  test('is named in the error, with the turn of each fault', () => {
    expect(() => parseTopicFile('a1-x.json', '{')).toThrow(TopicFileError)
    expect(() => parseTopicFile('a1-x.json', '{')).toThrow(/a1-x\.json/)
    expect(() => parseTopicFile('a1-other.json', JSON.stringify(makeSampleFile()))).toThrow(
      /a1-other\.json.*\n.*"a1-sample"/,
    )
    const long = parse((file) => {
      for (const reply of file.turns[1]?.replies ?? []) reply.text = 'x'.repeat(200)
    })
    expect(long).toThrow(/turn "2-food", replies 1, text: .*\n.*turn "2-food", replies 2, text/)
  })

  test('is refused when it has a field that nobody knows', () => {
    expect(parse((file) => Object.assign(file.turns[0] ?? {}, { hint: 'x' }))).toThrow(/turn "1-from": .*hint/)
  })

  test.each<[string, (file: SampleFile) => void, RegExp]>([
    [
      'leads nowhere',
      (file) => Object.assign(file.turns[0] ?? {}, { next: 'nowhere' }),
      /"1-from" leads to turn "nowhere"/,
    ],
    ['runs in a circle', (file) => Object.assign(file.turns.at(-1) ?? {}, { next: '1-from' }), /circle/],
    [
      'has ways of different lengths',
      (file) => Object.assign(file.turns[0]?.replies[1] ?? {}, { next: '3-like' }),
      /differ|nothing leads/,
    ],
    [
      'has a turn that cannot be reached',
      (file) => Object.assign(file.turns[0]?.replies[1] ?? {}, { next: '2-food' }),
      /"2-city": nothing leads/,
    ],
    [
      'has two replies that sound alike',
      (file) => Object.assign(file.turns[5]?.replies[1] ?? {}, { text: 'YES I do!' }),
      /"4-soup": "YES I do!" sounds like/,
    ],
    [
      'has a variant that sounds like another reply',
      (file) =>
        Object.assign(file.turns[1]?.replies[1] ?? {}, {
          variants: [{ text: 'I eat bread with cheese', note: 'No.' }],
        }),
      /sounds like/,
    ],
    [
      'has a slot of no kind',
      (file) => Object.assign(file.turns[5]?.replies[1] ?? {}, { text: 'I like my {planet} very much.' }),
      /unknown kind "planet"/,
    ],
    [
      'has three slots in a reply',
      (file) =>
        Object.assign(file.turns[5]?.replies[1] ?? {}, { text: 'I like my {food} and {drink} and {a:food} here.' }),
      /more than 2 slots/,
    ],
    [
      'has hardly a word around a slot',
      (file) => Object.assign(file.turns[5]?.replies[1] ?? {}, { text: 'I like {food}.' }),
      /fewer than 3 fixed words/,
    ],
    [
      'has braces that are no slot',
      (file) => Object.assign(file.turns[5]?.replies[1] ?? {}, { text: 'I like my {food very much.' }),
      /braces that are no slot/,
    ],
    [
      'uses a slot that nobody fills',
      (file) => Object.assign(file.turns[5] ?? {}, { ask: 'Do you like {food|it}?' }),
      /"4-soup": .*uses \{food\}, which no reply before/,
    ],
    [
      'uses a slot before it is filled',
      (file) => Object.assign(file.turns[0] ?? {}, { ask: 'Do you get up at {time|nine}?' }),
      /"1-from": .*uses \{time\}/,
    ],
    [
      'uses an earlier slot without a fallback',
      (file) => Object.assign(file.turns.at(-1) ?? {}, { ask: 'Do you like {country}?' }),
      /"8-last": .*without a fallback/,
    ],
    [
      'uses a slot of another reply in a reaction',
      (file) => Object.assign(file.turns[0]?.replies[2] ?? {}, { reaction: '{city}!' }),
      /"1-from": .*uses \{city\}/,
    ],
    [
      'has a variant with a slot of its own',
      (file) =>
        Object.assign(file.turns[0]?.replies[2] ?? {}, {
          variants: [{ text: 'I not want say my {city}.', note: 'No.' }],
        }),
      /has the slot \{city\}, which its reply has not/,
    ],
    [
      'gives one name to slots of two kinds',
      (file) => Object.assign(file.turns[5]?.replies[1] ?? {}, { text: 'I like my {country:food} very much.' }),
      /a country elsewhere and a food here/,
    ],
  ])('is refused when it %s', (_what, change, fault) => {
    expect(parse(change)).toThrow(fault)
  })
})

test('the published schema takes every file, and refuses what the partner refuses', () => {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/topic.schema.json', import.meta.url), 'utf8'))
  const isTopic = new Ajv({ strictTypes: true }).compile(schema as object)
  for (const file of files) {
    isTopic(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))
    expect([file, isTopic.errors]).toEqual([file, null])
  }
  expect(isTopic({ ...makeSampleFile(), level: 'A3' })).toBe(false)
  expect(isTopic({ ...makeSampleFile(), colour: 'red' })).toBe(false)
})
