/** Figures of many measurements, and the one table that shows them. */

/** One line: a figure, beside what the same run says is the least it could be. */
export interface Row {
  what: string
  figure: string
  limit?: string
  ratio?: number
  goal?: string
}

/** The value below which this share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function inMs(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`
}

export function printTable(rows: readonly Row[]): void {
  const cells = [
    ['what', 'measured', 'limit in this run', 'ratio', 'goal'],
    ...rows.map((row) => [row.what, row.figure, row.limit ?? '', row.ratio?.toFixed(2) ?? '', row.goal ?? '']),
  ]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  for (const [index, line] of cells.entries()) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    if (index === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  }
}
