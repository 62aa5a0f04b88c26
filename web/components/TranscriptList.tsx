import { useEffect, useRef } from 'preact/hooks'
import type { SegmentPartsFragment } from '../gql/documents.ts'
import { toClock } from './format.ts'

export interface TranscriptListProps {
  segments: readonly SegmentPartsFragment[]
  /** Of the line being heard; null where none is. */
  currentItemId: string | null
  /** Null where there is nothing to hear. */
  onPlay: ((segment: SegmentPartsFragment) => void) | null
}

type Source = SegmentPartsFragment['source']

/** How the learner's words came to be, where it was not a voice service that heard them. */
const sourceNames: Partial<Record<Source, { name: string; meaning: string }>> = {
  MATCHED: { name: 'matched', meaning: 'found to be one of the reply cards. What was said may differ a little.' },
  TYPED: { name: 'typed', meaning: 'typed, or tapped on a card.' },
  RECOGNISED: { name: 'recognised here', meaning: 'heard by the speech recognition of this server.' },
  ALIGNED: { name: 'typed afterwards', meaning: 'typed by you after the talk, and laid over the recording.' },
}

/** Every line in order. Arrow keys move between lines; Enter plays one. */
export function TranscriptList({ segments, currentItemId, onPlay }: TranscriptListProps) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const line = list.current?.querySelector('[data-current="true"]')
    if (line && !isInView(line))
      line.scrollIntoView({
        block: 'center',
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
      })
  }, [currentItemId])
  return (
    <ol class="transcript" aria-label="Transcript" ref={list} onKeyDown={(event) => moveFocus(event, list.current)}>
      {segments.map((segment) => (
        <li
          key={segment.itemId}
          class="line"
          data-speaker={segment.speaker}
          data-final={segment.final}
          data-current={segment.itemId === currentItemId}
        >
          {onPlay ? (
            <button
              type="button"
              class="line__button"
              aria-current={segment.itemId === currentItemId ? 'true' : undefined}
              onClick={() => onPlay(segment)}
            >
              <LineBody segment={segment} />
            </button>
          ) : (
            <div class="line__button">
              <LineBody segment={segment} />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

/** What the marks in the lines mean; nothing where no line has one. */
export function SourceLegend({ segments }: Pick<TranscriptListProps, 'segments'>) {
  const sources = new Set(segments.flatMap(({ speaker, source }) => (speaker === 'LEARNER' ? [source] : [])))
  const marks = Object.entries(sourceNames).filter(([source]) => sources.has(source as Source))
  if (marks.length === 0) return null
  return (
    <dl class="legend small faint">
      {marks.map(([source, { name, meaning }]) => (
        <div key={source}>
          <dt>{name}:</dt> <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}

function LineBody({ segment }: { segment: SegmentPartsFragment }) {
  const source = segment.speaker === 'LEARNER' ? sourceNames[segment.source] : undefined
  return (
    <>
      <span class="line__head">
        <span class="line__who">{segment.speaker === 'LEARNER' ? 'You' : 'Partner'}</span>
        <span class="numeric faint small">{toClock(segment.startMs / 1_000)}</span>
        {source && <span class="faint small">{source.name}</span>}
        {segment.interrupted && <span class="faint small">cut off</span>}
      </span>
      <span class="line__text">{segment.text}</span>
    </>
  )
}

function moveFocus(event: KeyboardEvent, list: HTMLOListElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || !list) return
  const lines = [...list.querySelectorAll<HTMLButtonElement>('button.line__button')]
  const index = lines.findIndex((line) => line === document.activeElement)
  const next = lines[index + step]
  if (index === -1 || !next) return
  event.preventDefault()
  next.focus()
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 80 && bottom <= innerHeight - 80
}
