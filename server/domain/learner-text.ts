/**
 * What the learner says they said, for speech that nothing recognised: which sessions may take it, and how it becomes
 * segments. Pure.
 */
import { ConflictError } from './errors.ts'
import type { SessionStatus } from './session-state.ts'
import type { Segment, SegmentInput } from './transcript.ts'

/** A word of the text with its place in the session. */
export interface TimedWord {
  word: string
  startMs: number
  endMs: number
}

/** Silence that parts two segments: the shortest pause after which a partner would have answered. */
export const partingPauseMs = 1_200

const itemIdPrefix = 'learner-text-'

/** Where a text belongs: the session's other segments, and of a speaking test the task that it answers. */
export interface TextPlace {
  known: readonly Segment[]
  taskId: string | null
}

/** The text as it is kept: words with single spaces between them. */
export function toPlainWords(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '')
}

/**
 * Whether the text is new to the session, or to the one task that it answers. False: the same text was given before. Throws
 * ConflictError while a conversation runs, when speech was understood already, and when another text was given: what is
 * final stays as it is.
 */
export function isNewLearnerText(
  status: SessionStatus,
  { known, taskId }: TextPlace,
  words: readonly string[],
): boolean {
  const segments = known.filter((segment) => segment.taskId === taskId)
  if (status === 'ACTIVE' && taskId === null)
    throw new ConflictError('The session is still running. End it first, then tell what you said.')
  const given = segments.filter(isLearnerText)
  if (given.length > 0) {
    if (given.map((segment) => segment.text).join(' ') === words.join(' ')) return false
    throw new ConflictError('You have told already what you said in this session. It stays as it is.')
  }
  if (segments.some((segment) => segment.speaker === 'LEARNER' && segment.source !== 'TYPED')) {
    throw new ConflictError('What you said in this session is in its transcript already.')
  }
  return true
}

/** Aligned words as segments: parted where the partner began to speak, or where the learner was silent for long. */
export function toAlignedSegments(words: readonly TimedWord[], place: TextPlace): SegmentInput[] {
  const partnerStarts = place.known.flatMap((segment) => (segment.speaker === 'PARTNER' ? [segment.startMs] : []))
  const groups: TimedWord[][] = []
  let last: TimedWord | undefined
  for (const word of words) {
    const group = groups.at(-1)
    if (!last || !group || isParted(last, word, partnerStarts)) groups.push([word])
    else group.push(word)
    last = word
  }
  return groups.map((group, index) => {
    const text = group.map(({ word }) => word).join(' ')
    const startMs = group[0]?.startMs ?? 0
    const span = { startMs, endMs: Math.max(startMs, group.at(-1)?.endMs ?? startMs) }
    return toSegmentInput(index, { text, ...span, source: 'ALIGNED' }, place)
  })
}

/** The text as one segment, where its words could not be found in the audio. */
export function toTypedSegment(text: string, span: { startMs: number; endMs: number }, place: TextPlace): SegmentInput {
  return toSegmentInput(0, { text, ...span, source: 'TYPED' }, place)
}

/** Whether the segment came by this way. */
export function isLearnerText(segment: Pick<Segment, 'speaker' | 'itemId'>): boolean {
  return segment.speaker === 'LEARNER' && segment.itemId.startsWith(itemIdPrefix)
}

function isParted(last: TimedWord, next: TimedWord, partnerStarts: readonly number[]): boolean {
  if (next.startMs - last.endMs >= partingPauseMs) return true
  return partnerStarts.some((startMs) => last.endMs <= startMs && startMs <= next.startMs)
}

/** It follows whatever began before it: so it stands between the partner's turns although no call ever named it. */
function toSegmentInput(
  index: number,
  said: Pick<SegmentInput, 'text' | 'startMs' | 'endMs' | 'source'>,
  { known, taskId }: TextPlace,
): SegmentInput {
  const previous = known.findLast((segment) => segment.startMs <= said.startMs)
  return {
    ...said,
    itemId: `${itemIdPrefix}${taskId === null ? '' : `${taskId}-`}${index + 1}`,
    callNumber: previous?.callNumber ?? known[0]?.callNumber ?? 1,
    previousItemId: previous?.itemId ?? null,
    speaker: 'LEARNER',
    final: true,
    interrupted: false,
    taskId,
  }
}
