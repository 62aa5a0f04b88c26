import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { DrawnWaveform, WaveformColours } from './draw-waveform.ts'
import { toWavePeaks } from './waveform-peaks.ts'

export interface WaveformProps {
  /** 0 to 255, evenly over the recording. */
  peaks: readonly number[]
  durationSeconds: number
  /** Seconds from the first sample. */
  position: number
  /** It cannot be drawn here. */
  onFail: () => void
}

/** A picture only: whoever shows it has a control over it that a keyboard knows. */
export function Waveform({ peaks, durationSeconds, position, onFail }: WaveformProps) {
  const host = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState<DrawnWaveform | null>(null)
  // Every answer of the server has a list of its own; most are the same.
  const key = peaks.join()
  const wavePeaks = useMemo(() => toWavePeaks(peaks), [key])
  useEffect(() => {
    const element = host.current
    if (!element) return
    let isGone = false
    let mine: DrawnWaveform | null = null
    void import('./draw-waveform.ts')
      .then(({ drawWaveform }) =>
        isGone ? null : drawWaveform(element, { peaks: wavePeaks, durationSeconds, colours: readColours(element) }),
      )
      .then(
        (made) => {
          mine = made
          if (isGone) made?.destroy()
          else setDrawn(made)
        },
        () => isGone || onFail(),
      )
    return () => {
      isGone = true
      mine?.destroy()
      setDrawn(null)
    }
  }, [wavePeaks, durationSeconds])
  useEffect(() => drawn?.setPosition(position), [drawn, position])
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const repaint = (): void => void (host.current && drawn?.setColours(readColours(host.current)))
    scheme.addEventListener('change', repaint)
    return () => scheme.removeEventListener('change', repaint)
  }, [drawn])
  return <div class="waveform__picture" ref={host} aria-hidden="true" />
}

/** A canvas knows no variables of a style sheet. */
function readColours(element: HTMLElement): WaveformColours {
  const style = getComputedStyle(element)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  return { wave: read('--wave'), heard: read('--wave-heard'), cursor: read('--ink') }
}
