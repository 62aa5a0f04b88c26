import { useMemo, useRef } from 'preact/hooks'
import type { SegmentPartsFragment } from '../gql/documents.ts'
import { useFollow } from '../hooks/use-follow.ts'
import { Button } from './Button.tsx'
import { toClock } from './format.ts'
import { markFillers } from './mark-fillers.ts'

export interface TranscriptListProps {
  segments: readonly SegmentPartsFragment[]
  /** Of the line being heard; null where none is. */
  currentItemId: string | null
  /** Changes when the learner asked for the current line from elsewhere; null until then. */
  jump?: unknown
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
export function TranscriptList({ segments, currentItemId, jump = null, onPlay }: TranscriptListProps) {
  const list = useRef<HTMLOListElement>(null)
  const { isLost, resume } = useFollow(list, currentItemId, jump)
  return (
    <>
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
      {isLost && (
        <div class="transcript__back">
          <Button onClick={resume}>Back to the line that plays</Button>
        </div>
      )}
    </>
  )
}

/** What the marks in the lines mean; nothing where no line has one. */
export function SourceLegend({ segments }: Pick<TranscriptListProps, 'segments'>) {
  const sources = new Set(segments.flatMap(({ speaker, source }) => (speaker === 'LEARNER' ? [source] : [])))
  const marks = Object.entries(sourceNames).filter(([source]) => sources.has(source as Source))
  const hasFillers = useMemo(
    () => segments.some((each) => hasOwnWords(each) && markFillers(each.text).some(({ isFiller }) => isFiller)),
    [segments],
  )
  if (marks.length === 0 && !hasFillers) return null
  return (
    <dl class="legend small faint">
      {marks.map(([source, { name, meaning }]) => (
        <div key={source}>
          <dt>{name}:</dt> <dd>{meaning}</dd>
        </div>
      ))}
      {hasFillers && (
        <div>
          <dt>
            <span class="filler">underlined</span>:
          </dt>{' '}
          <dd>
            sounds and words that fill time, like “um” or “you know”. Everyone uses them, and they cost no points.
          </dd>
        </div>
      )}
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
      <span class="line__text">{hasOwnWords(segment) ? <OwnWords text={segment.text} /> : segment.text}</span>
    </>
  )
}

/** Said by the learner, and in their own words: what was matched with a card is the card's text. */
function hasOwnWords({ speaker, source, final }: SegmentPartsFragment): boolean {
  return speaker === 'LEARNER' && final && source !== 'MATCHED'
}

function OwnWords({ text }: { text: string }) {
  const pieces = useMemo(() => markFillers(text), [text])
  return (
    <>
      {pieces.map((piece, index) =>
        piece.isFiller ? (
          <span key={index} class="filler">
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
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
