import { useEffect, useRef, useState } from 'preact/hooks'
import type { Chart } from './chart.ts'

/** Until its place is known. */
const firstWidth = 640

/** The picture of a chart, as wide as its place. Whoever does not see it is told what it shows. */
export function ChartPicture({ chart, onFail }: { chart: Chart; onFail: () => void }) {
  const host = useRef<HTMLDivElement>(null)
  const width = useWidth(host)
  useEffect(() => {
    if (width === null) return
    let isGone = false
    void import('./draw-chart.ts')
      .then(({ drawChart }) => isGone || host.current?.replaceChildren(drawChart(chart, width)))
      .catch(() => isGone || onFail())
    return () => {
      isGone = true
    }
  }, [chart, width])
  return <div class="chart__picture" role="img" aria-label={chart.summary} ref={host} />
}

/** In whole pixels; null before it is known. */
function useWidth(element: { current: HTMLElement | null }): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const measure = (): void => setWidth(Math.round(current.clientWidth) || firstWidth)
    measure()
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  return width
}
