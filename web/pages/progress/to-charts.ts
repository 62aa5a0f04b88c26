import { cefrLevels, type CefrLevel } from '../../../server/domain/cefr-level.ts'
import { plural, toCalendarDay, toDate } from '../../components/format.ts'
import type { ProgressWeekPartsFragment } from '../../gql/documents.ts'
import type { Chart, ChartPoint } from './chart.ts'

type Week = ProgressWeekPartsFragment

const none = 'none'
const gaps = 'A gap is a week without a value.'

/** The charts of the page, in its order. Whoever answers no interview questions has none of them. */
export function toCharts(weeks: readonly Week[], timeZone: string): Chart[] {
  const charts = [toMinutes, toLevels, toPace, toVariety]
  if (weeks.some(({ bestDrillScore }) => bestDrillScore !== null)) charts.push(toInterviewScores)
  return charts.map((toChart) => toChart(weeks, timeZone))
}

function toMinutes(weeks: readonly Week[], timeZone: string): Chart {
  const write = (minutes: number): string => `${minutes} min`
  const points = toPoints(weeks, timeZone, (week) => Math.round(week.practisedSeconds / 60), write)
  const practised = weeks.filter((week) => week.sessions > 0).length
  const total = points.reduce((sum, { value }) => sum + (value ?? 0), 0)
  const most = points.reduce((best, point) => ((point.value ?? 0) > (best.value ?? 0) ? point : best))
  return {
    name: 'minutes',
    look: 'bars',
    title: 'Minutes a week',
    reading:
      'Each bar is a week, from Monday on, named by that Monday. Whole sessions count, your partner’s turns too; it says how much you practised, not how well it went.',
    summary:
      practised === 0
        ? `No practice in ${plural(weeks.length, 'week')}.`
        : `Practice in ${practised} of ${plural(weeks.length, 'week')}, ${
            total === 0
              ? 'less than a minute together.'
              : `${total} minutes together. Most in the week of ${most.label}: ${most.value} minutes.`
          }`,
    points,
    table: {
      columns: ['Week of', 'Minutes', 'Sessions'],
      rows: points.map(({ label, value }, index) => [label, String(value), String(weeks[index]?.sessions ?? 0)]),
    },
  }
}

function toLevels(weeks: readonly Week[], timeZone: string): Chart {
  const write = (value: number): string => cefrLevels[value - 1] ?? ''
  const points = toPoints(weeks, timeZone, ({ level }) => level && toNumber(level), write).map((point, index) => {
    const [lowest, highest] = [weeks[index]?.levelRange[0], weeks[index]?.levelRange.at(-1)]
    if (point.value === null || !lowest || !highest) return point
    const range = [toNumber(lowest), toNumber(highest)] as const
    return { ...point, range, hint: `${point.hint}${lowest === highest ? '' : `, between ${lowest} and ${highest}`}` }
  })
  const scorers = new Set(weeks.flatMap((week) => week.levelModelUsed ?? []))
  return {
    name: 'level',
    look: 'levels',
    title: 'Level, roughly estimated',
    reading: `A dot is the newest estimate of a week, the bar around it the levels that it does not rule out: see how the bars move over weeks, for no single dot is an exam result.${
      scorers.size > 1 ? ' Different scorers judged, so a step can come from the scorer: the table names them.' : ''
    }`,
    summary: toSummary(points, write),
    points,
    table: {
      columns: ['Week of', 'Estimate', 'Not ruled out', 'Judged by'],
      rows: points.map(({ label, value }, index) => [
        label,
        value === null ? none : write(value),
        weeks[index]?.levelRange.join(', ') || none,
        weeks[index]?.levelModelUsed ?? none,
      ]),
    },
  }
}

function toPace(weeks: readonly Week[], timeZone: string): Chart {
  return toLine(weeks, timeZone, {
    name: 'wpm',
    title: 'Words per minute',
    reading: `The middle one of each week’s sessions, pauses included. Faster is not better: clear is. Replies that you read from a card count too, and reading is often faster than speaking freely. ${gaps}`,
    valueOf: (week) => week.medianWpm,
    write: (value) => `${Math.round(value)} words a minute`,
  })
}

function toVariety(weeks: readonly Week[], timeZone: string): Chart {
  return toLine(weeks, timeZone, {
    name: 'mtld',
    title: 'How varied your words are',
    reading: `How many words you say on average until you begin to repeat yourself a lot (a measure called MTLD; the middle one of each week’s sessions). It depends on the topic, and needs 100 words of your own in a session. ${gaps}`,
    valueOf: (week) => week.medianMtld,
    write: (value) => `${Math.round(value)} words`,
  })
}

function toInterviewScores(weeks: readonly Week[], timeZone: string): Chart {
  return toLine(weeks, timeZone, {
    name: 'interview',
    title: 'Best interview answer',
    highest: 100,
    reading: `The best score of each week’s answers to interview questions, of 100. Questions differ: a harder one can lower it without your answers being worse. ${gaps}`,
    valueOf: (week) => week.bestDrillScore,
    write: (value) => `${value} of 100`,
  })
}

interface Line extends Pick<Chart, 'title' | 'reading' | 'highest'> {
  name: 'wpm' | 'mtld' | 'interview'
  valueOf: (week: Week) => number | null
  write: (value: number) => string
}

function toLine(weeks: readonly Week[], timeZone: string, line: Line): Chart {
  const { valueOf, write, ...chart } = line
  const points = toPoints(weeks, timeZone, valueOf, write)
  return {
    ...chart,
    look: 'line',
    summary: toSummary(points, write),
    points,
    table: {
      columns: ['Week of', line.title],
      rows: points.map(({ label, value }) => [label, value === null ? none : String(Math.round(value))]),
    },
  }
}

function toPoints(
  weeks: readonly Week[],
  timeZone: string,
  valueOf: (week: Week) => number | null,
  write: (value: number) => string,
): ChartPoint[] {
  return weeks.map((week) => {
    const [label, value] = [toDate(week.start, timeZone), valueOf(week)]
    const hint = `Week of ${label}: ${value === null ? none : write(value)}`
    return { monday: new Date(`${toCalendarDay(week.start, timeZone)}T00:00:00Z`), label, value, range: null, hint }
  })
}

/** From the first value to the last, and how many weeks have one. */
function toSummary(points: readonly ChartPoint[], write: (value: number) => string): string {
  const known = points.flatMap(({ label, value }) =>
    value === null ? [] : [`${write(value)} in the week of ${label}`],
  )
  const weeks = plural(points.length, 'week')
  if (known.length === 0) return `No value in ${weeks}.`
  if (known.length === 1) return `One value in ${weeks}: ${known[0]}.`
  return `Values in ${known.length} of ${weeks}: from ${known[0]} to ${known.at(-1)}.`
}

/** 1 for the lowest. */
function toNumber(level: CefrLevel): number {
  return cefrLevels.indexOf(level) + 1
}
