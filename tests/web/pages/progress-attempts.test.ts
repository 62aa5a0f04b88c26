/** Two attempts at a topic: what the words say of them is what the numbers carry, and no more. */
import { describe, expect, it } from 'vitest'
import type { AttemptFragment, CefrLevel, RepeatedTopicsQuery } from '../../../web/gql/documents.ts'
import { toAttemptNumbers } from '../../../web/pages/progress/attempt-words.ts'
import { compareAttempts } from '../../../web/pages/progress/compare-attempts.ts'
import { toRepeatedTopics } from '../../../web/pages/progress/RepeatedTopics.tsx'
import { toAttempt } from '../support/progress-answers.ts'

const compare = (later: AttemptFragment, earlier: AttemptFragment): string =>
  compareAttempts(later, earlier, '3 May').join(' ')
const paced = (wpm: number | null, change: Partial<AttemptFragment> = {}) =>
  toAttempt('a', change, { numbers: { wpm } })
const paused = (pausesPerMinute: number | null, pauseSource: 'ENVELOPE' | 'SEGMENTS' = 'ENVELOPE') =>
  toAttempt('a', {}, { numbers: { pausesPerMinute, pauseSource } })
const levelled = (...levelRange: CefrLevel[]) => toAttempt('a', {}, { levelRange, overallLevel: levelRange[0] ?? null })

describe('two attempts', () => {
  it.each([
    ['faster', paced(92.4), paced(80), '12 words per minute faster than on 3 May.'],
    ['slower by one', paced(79), paced(80), '1 word per minute slower than on 3 May.'],
    ['the same when rounded', paced(80.4), paced(79.6), 'As many words per minute as on 3 May.'],
    ['with fewer pauses', paused(9.8), paused(12), '2.2 fewer pauses per minute than on 3 May.'],
    ['with more pauses', paused(12.1), paused(12), '0.1 more pauses per minute than on 3 May.'],
    ['with as many pauses', paused(12.04), paused(12), 'As many pauses per minute as on 3 May.'],
    ['with ranges that overlap', levelled('B1', 'B2'), levelled('A2', 'B1'), 'no difference can be read from them.'],
    ['with a range above', levelled('B2', 'C1'), levelled('A2', 'B1'), 'level lies above that of 3 May.'],
    ['with a range below', levelled('A1', 'A2'), levelled('B1', 'B2'), 'level lies below that of 3 May.'],
  ])('%s are told so', (_how, later, earlier, sentence) => {
    expect(compare(later, earlier)).toContain(sentence)
  })

  it('of which one was free talk are not compared by pace', () => {
    expect(compare(paced(120, { talk: 'FREE' }), paced(80))).toContain('pace cannot be compared')
    expect(compare(paced(120, { talk: 'FREE' }), paced(80))).not.toContain('faster')
  })

  it('whose pauses were read from different things are not compared by them', () => {
    expect(compare(paused(2), paused(12, 'SEGMENTS'))).toContain('pauses were measured in two ways')
    expect(compare(paused(2), paused(12, 'SEGMENTS'))).not.toContain('fewer')
  })

  it('that different scorers judged are not compared by level', () => {
    const other = toAttempt('a', {}, { levelRange: ['C1'], overallLevel: 'C1', modelUsed: 'other/1' })
    expect(compare(other, levelled('A2'))).toContain('different scorers')
  })

  it('say nothing of what was not measured', () => {
    expect(compare(toAttempt('a', {}, null), toAttempt('b'))).toBe('')
    expect(
      compare(toAttempt('a'), toAttempt('b', {}, { overallLevel: null, levelRange: [], numbers: { wpm: null } })),
    ).toBe('As many pauses per minute as on 3 May.')
  })
})

describe('one attempt', () => {
  it('has a word where it has no number', () => {
    expect(toAttemptNumbers(toAttempt('a', { durationSeconds: 312 }, null)).map(([, value]) => value)).toEqual([
      'not estimated',
      'not measured',
      'not measured',
      '5 min',
    ])
    expect(toAttemptNumbers(toAttempt('a')).map(([, value]) => value)).toEqual(['A2 to B1', '90', '12.0', '5 min'])
  })
})

describe('repeated topics', () => {
  it('are those with an attempt before, the last attempt of each only', () => {
    const held = (id: string, topicId: string, previous: AttemptFragment | null) => ({
      __typename: 'HistoryEdge' as const,
      cursor: id,
      node: {
        ...toAttempt(id),
        topic: { __typename: 'Topic' as const, id: topicId, title: topicId },
        previousAttempt: previous,
      },
    })
    const data: RepeatedTopicsQuery = {
      viewer: {
        __typename: 'Viewer',
        id: 'Viewer:1',
        history: {
          __typename: 'HistoryConnection',
          edges: [
            held('5', 'food', toAttempt('3')),
            held('4', 'travel', null),
            held('3', 'food', toAttempt('1')),
            held('2', 'work', toAttempt('0')),
          ],
        },
      },
    }
    expect(toRepeatedTopics(data).map(({ topic, later, earlier }) => [topic.title, later.id, earlier.id])).toEqual([
      ['food', '5', '3'],
      ['work', '2', '0'],
    ])
  })
})
