/** What the charts say, in words and numbers, before anything is drawn. */
import { describe, expect, it } from 'vitest'
import { toCharts } from '../../../web/pages/progress/to-charts.ts'
import { toPractised } from '../../../web/pages/progress/progress-words.ts'
import { hasValues } from '../../../web/pages/progress/chart.ts'
import { toWeeks } from '../support/progress-answers.ts'

const chart = (name: string, weeks = toWeeks({}), timeZone = 'UTC') => {
  const found = toCharts(weeks, timeZone).find((each) => each.name === name)
  if (!found) throw new Error(`no chart ${name}`)
  return found
}

describe('every chart', () => {
  it.each(['minutes', 'level', 'wpm', 'mtld'])('of %s has all weeks, and says where there is nothing', (name) => {
    const empty = chart(name)
    expect([empty.points.length, empty.table.rows.length, hasValues(empty)]).toEqual([12, 12, false])
    expect(empty.summary).toMatch(/^No .* in 12 weeks\.$/)
    expect(empty.table.rows.every((row) => row.length === empty.table.columns.length)).toBe(true)
  })

  it.each([
    ['Pacific/Kiritimati', '2026-06-14T10:00:00.000Z'],
    ['America/Los_Angeles', '2026-06-15T07:00:00.000Z'],
  ])('has a week on the Monday that it begins on in %s', (timeZone, start) => {
    const [point] = chart('minutes', toWeeks({ 0: { start } }, 1), timeZone).points
    expect(point?.monday.toISOString()).toBe('2026-06-15T00:00:00.000Z')
    expect(point?.label).toMatch(/15/)
  })
})

describe('minutes', () => {
  it('are zero where nobody practised, not unknown', () => {
    const { points, summary, table } = chart('minutes', toWeeks({ 0: {}, 2: { practisedSeconds: 1_830, sessions: 3 } }))
    expect(points.slice(-3).map(({ value }) => value)).toEqual([31, 0, 10])
    expect(summary).toMatch(
      /^Practice in 2 of 12 weeks, 41 minutes together\. Most in the week of .*1.*: 31 minutes\.$/,
    )
    expect(table.rows.at(-3)?.slice(1)).toEqual(['31', '3'])
  })

  it('of less than one name no week that had the most', () => {
    const { summary } = chart('minutes', toWeeks({ 0: { practisedSeconds: 20 } }))
    expect(summary).toBe('Practice in 1 of 12 weeks, less than a minute together.')
  })
})

describe('pace and variety', () => {
  it('are unknown where nothing was measured, not zero and not in between', () => {
    const weeks = toWeeks({ 0: { medianWpm: 91.6, medianMtld: 60 }, 1: {}, 2: { medianWpm: 80, medianMtld: 40.2 } })
    expect(
      chart('wpm', weeks)
        .points.slice(-3)
        .map(({ value }) => value),
    ).toEqual([80, null, 91.6])
    expect(
      chart('wpm', weeks)
        .table.rows.slice(-3)
        .map((row) => row[1]),
    ).toEqual(['80', 'none', '92'])
    expect(chart('wpm', weeks).summary).toMatch(
      /^Values in 2 of 12 weeks: from 80 words a minute in the week of .* to 92 words a minute in the week of .*\.$/,
    )
    expect(
      chart('mtld', weeks)
        .points.slice(-3)
        .map(({ value }) => value),
    ).toEqual([40.2, null, 60])
  })

  it('of one week are one value, not a way from it to itself', () => {
    expect(chart('wpm', toWeeks({ 3: { medianWpm: 70 } })).summary).toMatch(/^One value in 12 weeks: 70 words a minute/)
  })
})

describe('interview scores', () => {
  it('are of the weeks that have one', () => {
    const { points, summary, table, highest } = chart(
      'interview',
      toWeeks({ 0: { bestDrillScore: 74 }, 1: {}, 3: { bestDrillScore: 51 } }),
    )
    expect(points.slice(-4).map(({ value }) => value)).toEqual([51, null, null, 74])
    expect(summary).toMatch(
      /^Values in 2 of 12 weeks: from 51 of 100 in the week of .* to 74 of 100 in the week of .*\.$/,
    )
    expect(table.rows.at(-1)?.slice(1)).toEqual(['74'])
    expect(highest).toBe(100)
  })

  it('are not shown to whoever has none', () => {
    expect(toCharts(toWeeks({ 0: {} }), 'UTC').map(({ name }) => name)).not.toContain('interview')
  })
})

describe('levels', () => {
  const held = { level: 'B1', levelRange: ['A2', 'B1', 'B2'], levelModelUsed: 'local/1' } as const

  it('have their range, and who judged', () => {
    const { points, table } = chart('level', toWeeks({ 0: { ...held, levelRange: [...held.levelRange] } }))
    expect(points.at(-1)).toMatchObject({
      value: 3,
      range: [2, 4],
      hint: expect.stringMatching(/B1, between A2 and B2$/),
    })
    expect(points.at(-2)).toMatchObject({ value: null, range: null })
    expect(table.rows.at(-1)?.slice(1)).toEqual(['B1', 'A2, B1, B2', 'local/1'])
    expect(table.rows.at(-2)?.slice(1)).toEqual(['none', 'none', 'none'])
  })

  it('of different scorers are said not to be one line of development', () => {
    const weeks = (other: string) =>
      toWeeks({
        0: { ...held, levelRange: ['B1'] },
        1: { ...held, levelRange: ['B1'], levelModelUsed: other },
      })
    expect(chart('level', weeks('other/2')).reading).toContain('Different scorers')
    expect(chart('level', weeks('local/1')).reading).not.toContain('Different scorers')
  })
})

describe('a length of practice', () => {
  it.each([
    [0, '0 min'],
    [42, '42 s'],
    [59.6, '60 s'],
    [60, '1 min'],
    [89, '1 min'],
    [3_570, '1 h'],
    [12_300, '3 h 25 min'],
  ])('of %d s is written %s', (seconds, written) => {
    expect(toPractised(seconds)).toBe(written)
  })
})
