import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDrillResults } from '../../server/domain/compare-drill-results.ts'
import type { DrillResult } from '../../server/domain/drill-result.ts'

const names = ['Motivation', 'Teamwork', 'Ethics', 'Care', 'Growth', 'Skill', 'Calm']

function resultOf(changes: Partial<Omit<DrillResult, 'categories'>> & { passed?: string[] } = {}): DrillResult {
  const { passed = [], ...rest } = changes
  return {
    scorer: 'local-drill/1',
    overallScore: 60,
    categories: names.map((name) => ({ name, passFlag: passed.includes(name) ? 'PASS' : 'FLAG', note: '' })),
    whatChanged: [],
    practiceRule: '',
    words: 150,
    wpm: 130,
    durationSeconds: 70,
    parts: [
      { name: 'coverage', score: 60, weight: 0.6, basis: '' },
      { name: 'pace', score: 60, weight: 0.4, basis: '' },
    ],
    limits: [],
    ...rest,
  }
}

const linesOf = (previous: DrillResult, current: DrillResult): string[] => compareDrillResults(previous, current).lines

describe('the score', () => {
  test.each([
    [54, 71, 17, 'Your score rose from 54 to 71.'],
    [71, 54, -17, 'Your score fell from 71 to 54.'],
    [60, 60, 0, 'Your score stayed at 60.'],
  ])('from %i to %i', (before, now, change, line) => {
    const comparison = compareDrillResults(resultOf({ overallScore: before }), resultOf({ overallScore: now }))
    expect(comparison).toEqual({ scoreChange: change, gained: [], lost: [], lines: [line] })
  })

  test('of different scorers is no change, and that is said', () => {
    const { scoreChange, lines } = compareDrillResults(
      resultOf({ overallScore: 40 }),
      resultOf({
        scorer: 'examiner',
        overallScore: 80,
        parts: [{ name: 'coverage', score: 99, weight: 1, basis: '' }],
      }),
    )
    expect(scoreChange).toBeNull()
    expect(lines).toEqual([
      'Last time local-drill/1 judged, and now examiner: their scores (40 and 80) cannot be compared.',
    ])
  })
})

test('categories that were gained and lost, in the pack’s order', () => {
  const comparison = compareDrillResults(
    resultOf({ passed: ['Calm', 'Teamwork', 'Care'] }),
    resultOf({ passed: ['Growth', 'Care', 'Motivation'] }),
  )
  expect(comparison).toMatchObject({ gained: ['Motivation', 'Growth'], lost: ['Teamwork', 'Calm'] })
  expect(comparison.lines.slice(1)).toEqual([
    'Now shown: Motivation, Growth.',
    'Shown last time and not now: Teamwork, Calm.',
  ])
})

test('the part that moved most', () => {
  const parts: DrillResult['parts'] = [
    { name: 'coverage', score: 75, weight: 0.6, basis: '' },
    { name: 'pace', score: 30, weight: 0.4, basis: '' },
  ]
  expect(linesOf(resultOf(), resultOf({ parts }))).toContain(
    'What changed most is pace, for the worse: from 60 to 30 of 100.',
  )
})

describe('length and pace', () => {
  test.each([
    [{ durationSeconds: 52 }, { durationSeconds: 82.4 }, 'You spoke for 82 s, 30 more than last time.'],
    [{ wpm: 190.2 }, { wpm: 149.8 }, 'Your pace was 150 words a minute, 40 fewer than last time.'],
    [
      { durationSeconds: null, wpm: null, words: 90 },
      { durationSeconds: null, wpm: null, words: 130 },
      'You used 130 words, 40 more than last time.',
    ],
    [{ durationSeconds: null, wpm: null }, {}, 'Last time you typed, and now you spoke.'],
    [{}, { durationSeconds: null, wpm: null }, 'Last time you spoke, and now you typed.'],
  ])('%j, then %j', (before, now, line) => {
    expect(linesOf(resultOf(before), resultOf(now))).toEqual(['Your score stayed at 60.', line])
  })

  test('what nobody would hear is not told', () => {
    expect(linesOf(resultOf(), resultOf({ durationSeconds: 74, wpm: 138, words: 155 }))).toHaveLength(1)
  })
})

test('the way back has the opposite change, and gains what was lost', () => {
  const result = fc
    .record({ overallScore: fc.integer({ min: 0, max: 100 }), passed: fc.subarray(names) })
    .map((changes) => resultOf(changes))
  fc.assert(
    fc.property(result, result, (one, other) => {
      const [there, back] = [compareDrillResults(one, other), compareDrillResults(other, one)]
      expect((there.scoreChange ?? 0) + (back.scoreChange ?? 0)).toBe(0)
      expect(there.gained).toEqual(back.lost)
      expect(there.lost).toEqual(back.gained)
    }),
  )
})
