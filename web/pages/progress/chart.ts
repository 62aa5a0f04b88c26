/** What a chart shows, in words and numbers, whoever draws it. */

export interface ChartPoint {
  /** The Monday that the week begins on, as UTC midnight of that calendar day: a chart knows no time zones. */
  monday: Date
  /** That day in words. */
  label: string
  /** Null: this week has none, and nothing may be drawn in its place. */
  value: number | null
  /** The band around it, lowest first. */
  range: readonly [number, number] | null
  /** What to say of it where somebody points at it. */
  hint: string
}

export interface Chart {
  name: 'minutes' | 'level' | 'wpm' | 'mtld' | 'interview'
  /** Bars from zero; a line that breaks where a week has no value; levels with their bands, never joined. */
  look: 'bars' | 'line' | 'levels'
  title: string
  /** How to read it, and what it cannot tell. */
  reading: string
  /** The same in a sentence for who does not see it. */
  summary: string
  /** The end of its scale, where that has one. */
  highest?: number
  /** Oldest first, every week. */
  points: readonly ChartPoint[]
  table: { columns: readonly string[]; rows: readonly (readonly string[])[] }
}

export function hasValues(chart: Chart): boolean {
  return chart.points.some((point) => point.value !== null && point.value > 0)
}
