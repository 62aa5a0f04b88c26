/** The short way through the merge: what arrives in order only touches the transcript's end. */
import { type MergeResult, mergeSegments, type Segment, type SegmentInput } from './transcript.ts'

/**
 * Merges into a transcript of which only a part is at hand: the last segment of each speaker, those that `incoming`
 * names, and those that follow one it names. Gives what `mergeSegments` would give as `changed` over the whole
 * transcript, or null where the whole is needed: an earlier item arrives late, or an older one changes.
 */
export function mergeAtTail(
  tail: readonly Segment[],
  incoming: readonly SegmentInput[],
): MergeResult['changed'] | null {
  const known = new Map(tail.map((segment) => [segment.itemId, segment]))
  const newItems = new Set(incoming.flatMap((input) => (known.has(input.itemId) ? [] : [input.itemId])))
  if (tail.some((segment) => segment.previousItemId !== null && newItems.has(segment.previousItemId))) return null
  const lastOf = new Map(tail.map((segment) => [segment.speaker, segment.itemId]))
  let last = tail.at(-1)
  for (const input of incoming) {
    const current = known.get(input.itemId)
    if (current) {
      if (!isInPlace(input, current) || lastOf.get(current.speaker) !== current.itemId) return null
    } else if (newItems.delete(input.itemId)) {
      if (!follows(input, last)) return null
      last = { ...input, sequence: 0, revision: 0, receivedStartMs: input.startMs, receivedEndMs: input.endMs }
    } else return null
  }
  return place(tail, incoming)
}

/** A final never moves; an open segment may grow at its end. */
function isInPlace(input: SegmentInput, current: Segment): boolean {
  if (current.final) return true
  return (
    input.speaker === current.speaker &&
    input.callNumber === current.callNumber &&
    input.previousItemId === current.previousItemId &&
    input.startMs === current.receivedStartMs
  )
}

function follows(input: SegmentInput, last: SegmentInput | undefined): boolean {
  if (!last) return input.previousItemId === null
  if (input.callNumber > last.callNumber) return input.previousItemId === null
  return input.callNumber === last.callNumber && input.previousItemId === last.itemId
}

/** Lets the merge rule do the work on a stand-in for the whole, then gives the sequence numbers back. */
function place(tail: readonly Segment[], incoming: readonly SegmentInput[]): Segment[] {
  const isKnown = (itemId: string): boolean => tail.some((segment) => segment.itemId === itemId)
  // Known ones first: where they end decides where a new one may start.
  const named = [...new Set(incoming.map((input) => input.itemId))].sort(
    (a, b) => Number(isKnown(b)) - Number(isKnown(a)),
  )
  const changed: Segment[] = []
  const endOf: Record<Segment['speaker'], number> = { LEARNER: 0, PARTNER: 0 }
  for (const segment of tail) endOf[segment.speaker] = segment.endMs
  let sequence = tail.at(-1)?.sequence ?? 0
  for (const itemId of named) {
    const current = tail.find((segment) => segment.itemId === itemId)
    const [merged] = mergeSegments(
      current ? [current] : [],
      incoming.filter((input) => input.itemId === itemId),
    ).segments
    if (!merged) continue
    const startMs = current ? current.startMs : Math.max(merged.receivedStartMs, endOf[merged.speaker])
    const placed = {
      ...merged,
      startMs,
      endMs: Math.max(merged.receivedEndMs, startMs),
      sequence: current ? current.sequence : ++sequence,
    }
    endOf[placed.speaker] = placed.endMs
    if (!current || (Object.keys(placed) as (keyof Segment)[]).some((key) => placed[key] !== current[key]))
      changed.push(placed)
  }
  return changed
}
