/**
 * The merge rule of a transcript: what a set of segments, received in any order and any number of times, adds up to.
 * Pure, and used by both ends: the server stores what it gives, the page shows what it gives before the server has answered.
 */
import { orderByChain } from './transcript-order.ts'

export type Speaker = 'LEARNER' | 'PARTNER'
export type SegmentSource = 'PROVIDER' | 'MATCHED' | 'RECOGNISED' | 'TYPED' | 'ALIGNED'

/** One conversation item as a client reports it. Times are milliseconds from the start of the session. */
export interface SegmentInput {
  itemId: string
  /** 1 for the session's first call, one more for each later one. */
  callNumber: number
  /** The item before it in the same call; null for the call's first. */
  previousItemId: string | null
  source: SegmentSource
  speaker: Speaker
  text: string
  startMs: number
  endMs: number
  final: boolean
  interrupted: boolean
  taskId: string | null
}

/** A segment in its place: `startMs` and `endMs` are mended so that one speaker never overlaps himself. */
export interface Segment extends SegmentInput {
  /** From 1, without gaps. */
  sequence: number
  /** The transcript's revision that last changed this segment; 0 where it has not been stored. */
  revision: number
  receivedStartMs: number
  receivedEndMs: number
}

/** The whole transcript after a merge, and which of its segments are new or differ from before. */
export interface MergeResult {
  segments: Segment[]
  changed: Segment[]
}

/**
 * Merges `incoming` into `known` (a whole transcript in sequence order).
 * The same set of inputs gives the same result in whatever order and however often they come: a final replaces any
 * partial, the longer of two partials stays, and a stored final keeps speaker, text, source and interruption for good.
 */
export function mergeSegments(known: readonly Segment[], incoming: readonly SegmentInput[]): MergeResult {
  const before = new Map(known.map((segment) => [segment.itemId, segment]))
  const merged = new Map<string, Segment>(before)
  for (const input of incoming) {
    const current = merged.get(input.itemId)
    if (!current) merged.set(input.itemId, toUnplaced(input))
    else if (supersedes(input, current)) merged.set(input.itemId, { ...toUnplaced(input), revision: current.revision })
  }
  const segments = mendOverlaps(orderByChain([...merged.values()]))
  return { segments, changed: segments.filter((segment) => !isSame(before.get(segment.itemId), segment)) }
}

/** What a reader holds after a delta: the delta's segments replace those it had, in sequence order. */
export function applyDelta<T extends { itemId: string; sequence: number }>(
  held: readonly T[],
  delta: readonly T[],
): T[] {
  const byItem = new Map(held.map((segment) => [segment.itemId, segment]))
  for (const segment of delta) byItem.set(segment.itemId, segment)
  return [...byItem.values()].sort((a, b) => a.sequence - b.sequence)
}

/** Closes a transcript: partials keep their text and become final. Returns only those that change. */
export function finalizeSegments(segments: readonly Segment[]): Segment[] {
  return segments.filter((segment) => !segment.final).map((segment) => ({ ...segment, final: true }))
}

/** The transcript as plain text, a line per segment. */
export function toPlainText(segments: readonly Pick<Segment, 'speaker' | 'text'>[]): string {
  return segments
    .map((segment) => `${segment.speaker === 'LEARNER' ? 'Learner' : 'Partner'}: ${segment.text}`)
    .join('\n')
}

/** The transcript as WebVTT with a voice span per segment. Source: W3C WebVTT, section 4. */
export function toWebVtt(segments: readonly Pick<Segment, 'speaker' | 'text' | 'startMs' | 'endMs'>[]): string {
  const cues = segments.map((segment, index) => {
    const text = segment.text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // Each of these ends a line, CR alone too. Source: W3C WebVTT, section 4.1.
      .replaceAll(/\s*[\r\n]\s*/g, ' ')
    // A cue's end must lie after its start.
    const endMs = Math.max(segment.endMs, segment.startMs + 1)
    const voice = segment.speaker === 'LEARNER' ? 'Learner' : 'Partner'
    return `${index + 1}\n${toTimestamp(segment.startMs)} --> ${toTimestamp(endMs)}\n<v ${voice}>${text}`
  })
  return ['WEBVTT', ...cues].join('\n\n') + '\n'
}

function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 23)
}

function toUnplaced(input: SegmentInput): Segment {
  return { ...input, sequence: 0, revision: 0, receivedStartMs: input.startMs, receivedEndMs: input.endMs }
}

/** A total order over versions of one item, so that the winner does not depend on who came first. */
function supersedes(input: SegmentInput, current: Segment): boolean {
  if (current.final) return false
  if (input.final) return true
  const byLength = input.text.length - current.text.length
  if (byLength !== 0) return byLength > 0
  const byEnd = input.endMs - current.receivedEndMs
  if (byEnd !== 0) return byEnd > 0
  const byStart = current.receivedStartMs - input.startMs
  if (byStart !== 0) return byStart > 0
  return versionKey(input) > versionKey(current)
}

function versionKey(version: SegmentInput): string {
  return JSON.stringify([
    version.text,
    version.previousItemId,
    version.source,
    version.speaker,
    version.interrupted,
    version.callNumber,
    version.taskId,
  ])
}

/** In sequence order each segment starts no earlier than the same speaker's previous one ends. */
function mendOverlaps(ordered: readonly Segment[]): Segment[] {
  const endOf: Record<Speaker, number> = { LEARNER: 0, PARTNER: 0 }
  return ordered.map((segment, index) => {
    const startMs = Math.max(segment.receivedStartMs, endOf[segment.speaker])
    const endMs = Math.max(segment.receivedEndMs, startMs)
    endOf[segment.speaker] = endMs
    return { ...segment, sequence: index + 1, startMs, endMs }
  })
}

function isSame(before: Segment | undefined, after: Segment): boolean {
  if (!before) return false
  return (Object.keys(after) as (keyof Segment)[]).every((key) => before[key] === after[key])
}
