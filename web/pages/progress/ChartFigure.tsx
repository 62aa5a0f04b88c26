import { useState } from 'preact/hooks'
import { type Chart, hasValues } from './chart.ts'
import { ChartPicture } from './ChartPicture.tsx'

/** One chart with how to read it, and the same as a table. */
export function ChartFigure({ chart }: { chart: Chart }) {
  const [hasFailed, setFailed] = useState(false)
  const titleId = `chart-${chart.name}`
  return (
    <section class="chart card" aria-labelledby={titleId}>
      <h3 id={titleId}>{chart.title}</h3>
      {hasFailed && <p class="small">The chart cannot be drawn here. Its numbers are in the table.</p>}
      {!hasFailed && hasValues(chart) && <ChartPicture chart={chart} onFail={() => setFailed(true)} />}
      {!hasValues(chart) && <p class="chart__none">{chart.summary}</p>}
      <p class="chart__reading small soft">{chart.reading}</p>
      {(hasFailed || hasValues(chart)) && <ChartTable chart={chart} isOpen={hasFailed} />}
    </section>
  )
}

function ChartTable({ chart: { title, table }, isOpen }: { chart: Chart; isOpen: boolean }) {
  return (
    <details class="chart__table explain" open={isOpen}>
      <summary>
        Show as table<span class="hidden-visually">: {title}</span>
      </summary>
      {/* Wide tables scroll in their own box, which a keyboard can reach. */}
      <div class="chart__rows" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
        <table>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([week, ...cells]) => (
              <tr key={week}>
                <th scope="row">{week}</th>
                {cells.map((cell, index) => (
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
