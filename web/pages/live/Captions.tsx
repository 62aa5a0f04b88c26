import { useEffect, useRef } from 'preact/hooks'
import type { Segment } from '../../../server/domain/transcript.ts'

/** Enough to follow; the whole is on the review page. */
const shown = 6

/** The last few things said; what is not yet final is greyed. */
export function Captions({ segments }: { segments: readonly Segment[] }) {
  const list = useRef<HTMLOListElement>(null)
  const latest = segments.slice(-shown)
  const last = latest.at(-1)
  useEffect(() => scrollToEnd(list.current), [last?.itemId, last?.text])
  // A phone that is turned breaks the lines elsewhere.
  useEffect(() => {
    const observer = new ResizeObserver(() => scrollToEnd(list.current))
    if (list.current) observer.observe(list.current)
    return () => observer.disconnect()
  }, [])
  return (
    <section class="captions" aria-label="Live captions">
      <ol class="captions__list" ref={list} tabIndex={latest.length > 2 ? 0 : -1}>
        {latest.map((segment) => (
          <li key={segment.itemId} class="caption" data-speaker={segment.speaker} data-final={segment.final}>
            <span class="caption__who">{segment.speaker === 'LEARNER' ? 'You' : 'Partner'}</span>
            <span class="caption__text">{segment.text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function scrollToEnd(list: HTMLElement | null): void {
  if (list) list.scrollTop = list.scrollHeight
}
