/** The topic files as they ship: enough of them, of the right form, and sayable. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { GENERAL_TOPIC } from '../../server/partner/guided/guided-mind.ts'
import { toWords } from '../../server/partner/recognition/grammar.ts'
import {
  branchingTurns,
  CEFR_LEVELS,
  countTurns,
  loadTopics,
  parseTopicFile,
  TopicFileError,
} from '../../server/partner/topic.ts'

const topics = loadTopics(fileURLToPath(new URL('../../server/partner/topics', import.meta.url)))
const dictionary = new Set(
  readFileSync(join(dirname(createRequire(import.meta.url).resolve('soundswallower')), 'model/en-us/dict.txt'), 'utf8')
    .split('\n')
    .map((line) => line.split(' ', 1)[0]),
)

describe('the topics that ship', () => {
  test('cover every level, and include the general talk', () => {
    const levels = new Set([...topics.values()].map((topic) => topic.level))
    expect([...levels].toSorted()).toEqual([...CEFR_LEVELS])
    expect(topics.has(GENERAL_TOPIC)).toBe(true)
    expect(topics.size).toBeGreaterThanOrEqual(8)
  })

  test.each([...topics.values()])('$key asks 8 questions on every way, and branches at least 3 times', (topic) => {
    expect(countTurns(topic)).toBe(8)
    expect(branchingTurns(topic).length).toBeGreaterThanOrEqual(3)
  })

  test.each([...topics.values()])('$key has only replies whose words the recogniser knows', (topic) => {
    const unknown = topic.turns.flatMap((turn) =>
      turn.replies.flatMap((reply) => toWords(reply.text).filter((word) => !dictionary.has(word))),
    )
    expect(unknown).toEqual([])
  })

  test.each([...topics.values()])(
    '$key has no numbers in figures, which would be read and heard differently',
    (topic) => {
      expect(JSON.stringify(topic.turns.map((turn) => turn.replies))).not.toMatch(/text":"[^"]*\d/)
    },
  )
})

describe('a topic file at fault', () => {
  const good = readFileSync(new URL('../../server/partner/topics/a1-introductions.json', import.meta.url), 'utf8')
  const broken = (
    change: (topic: { turns: { id: string; next: string; replies: { next?: string; text: string }[] }[] }) => void,
  ) => {
    const topic = JSON.parse(good) as Parameters<typeof change>[0]
    change(topic)
    return () => parseTopicFile('a1-introductions.json', JSON.stringify(topic))
  }

  test('is named in the error', () => {
    expect(() => parseTopicFile('a1-x.json', '{')).toThrow(TopicFileError)
    expect(() => parseTopicFile('a1-x.json', '{')).toThrow(/a1-x\.json/)
    expect(() => parseTopicFile('a1-other.json', good)).toThrow(/a1-other\.json.*\n.*"a1-introductions"/)
  })

  test('is refused when a reply leads nowhere', () => {
    expect(
      broken((topic) => {
        for (const reply of topic.turns[0]?.replies ?? []) reply.next = 'nowhere'
      }),
    ).toThrow(/"nowhere", which is not there/)
  })

  test('is refused when it runs in a circle', () => {
    expect(
      broken((topic) => {
        const last = topic.turns.at(-1)
        if (last) last.next = '1-mood'
      }),
    ).toThrow(/circle/)
  })

  test('is refused when two replies sound alike', () => {
    expect(
      broken((topic) => {
        const [first, second] = topic.turns[0]?.replies ?? []
        if (first && second) second.text = first.text.toUpperCase()
      }),
    ).toThrow(/sound alike/)
  })

  test('is refused when a turn cannot be reached', () => {
    expect(
      broken((topic) => {
        const turn = topic.turns[1]
        if (turn) for (const reply of turn.replies) delete reply.next
      }),
    ).toThrow(/nothing leads to turn/)
  })
})
