/**
 * A chart as a picture, for the eye only. The one file that knows the drawing library; it is loaded when there is something to draw.
 * Colours are variables of the style sheet, so that a picture follows the scheme without being drawn anew.
 */
import * as Plot from '@observablehq/plot'
import { cefrLevels } from '../../../server/domain/cefr-level.ts'
import { type Chart, type ChartPoint, hasValues } from './chart.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs
const labelPixels = 84
const height = 220
const margins = { marginLeft: 36, marginRight: 12 }
const colour = 'var(--accent)'

export function drawChart(chart: Chart, width: number): Element {
  const picture = Plot.plot({
    width,
    height,
    ...margins,
    marginTop: 12,
    marginBottom: 28,
    x: { type: 'utc', domain: toSpan(chart.points) },
    y: { domain: toDomain(chart), nice: chart.look !== 'levels' },
    marks: [...toFrame(chart, width), ...toMarks(chart, width)],
  })
  // The page's policy lets no style element in; `progress.css` has what it would say.
  for (const style of picture.querySelectorAll('style')) style.remove()
  // Whoever shows the picture says what it shows; names of lines and dots would only be in the way.
  for (const part of picture.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  picture.setAttribute('aria-hidden', 'true')
  return picture
}

function toFrame(chart: Chart, width: number): Plot.Markish[] {
  const levels = { ticks: [1, 2, 3, 4, 5, 6], tickFormat: (value: number) => cefrLevels[value - 1] ?? '' }
  const ticks = chart.look === 'levels' ? levels : { ticks: 4 }
  const labels = new Map(chart.points.map((point) => [toMiddle(point).getTime(), toTick(point)]))
  return [
    Plot.gridY({ ticks: ticks.ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
    Plot.axisY({ ...ticks, tickSize: 0, label: null, fill: 'var(--ink-soft)' }),
    Plot.axisX(toTicks(chart.points, width), {
      tickFormat: (date: Date) => labels.get(date.getTime()) ?? '',
      tickSize: 0,
      label: null,
      fill: 'var(--ink-soft)',
    }),
  ]
}

function toMarks(chart: Chart, width: number): Plot.Markish[] {
  const weekPixels = (width - margins.marginLeft - margins.marginRight) / chart.points.length
  const inset = Math.min(3, weekPixels / 8)
  const known = chart.points.filter((point) => point.value !== null)
  const week = { x1: (point: ChartPoint) => point.monday, x2: (point: ChartPoint) => toEnd(point), title: 'hint' }
  const dot = Plot.dot(known, {
    x: toMiddle,
    y: 'value',
    fill: colour,
    r: Math.max(2, Math.min(4, weekPixels / 3)),
    title: 'hint',
  })
  switch (chart.look) {
    case 'bars':
      return [
        Plot.rectY(known, { ...week, y: 'value', fill: colour, insetLeft: inset, insetRight: inset, ry2: inset }),
        Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      ]
    case 'line':
      return [
        // Of all weeks, not of the known ones: a line breaks where there is no value.
        Plot.lineY(chart.points, { x: toMiddle, y: 'value', stroke: colour, strokeWidth: 2, className: 'chart__line' }),
        dot,
      ]
    case 'levels': {
      const ranges = known.filter((point) => point.range !== null)
      const band = { y1: (point: ChartPoint) => toBand(point)[0], y2: (point: ChartPoint) => toBand(point)[1] }
      return [
        Plot.rect(ranges, {
          ...week,
          ...band,
          fill: colour,
          fillOpacity: 0.22,
          insetLeft: inset,
          insetRight: inset,
          r: Math.min(5, weekPixels / 4),
        }),
        dot,
      ]
    }
  }
}

function toDomain(chart: Chart): [number, number] {
  if (chart.look === 'levels') return [0.5, cefrLevels.length + 0.5]
  if (chart.highest !== undefined) return [0, chart.highest]
  const highest = Math.max(0, ...chart.points.map((point) => point.value ?? 0))
  return [0, hasValues(chart) ? highest : 10]
}

function toSpan(points: readonly ChartPoint[]): [Date, Date] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) throw new RangeError('a chart has weeks')
  return [first.monday, toEnd(last)]
}

/** A level stands for more than its line. */
function toBand({ range }: ChartPoint): [number, number] {
  return range ? [range[0] - 0.35, range[1] + 0.35] : [0, 0]
}

/** The current week always has its label, and the others where there is room. */
function toTicks(points: readonly ChartPoint[], width: number): Date[] {
  const every = Math.ceil(points.length / Math.max(1, Math.floor(width / labelPixels)))
  return points.filter((_, index) => (points.length - 1 - index) % every === 0).map(toMiddle)
}

function toTick({ monday }: ChartPoint): string {
  return monday.toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

function toMiddle({ monday }: ChartPoint): Date {
  return new Date(monday.getTime() + weekMs / 2)
}

function toEnd({ monday }: ChartPoint): Date {
  return new Date(monday.getTime() + weekMs)
}
