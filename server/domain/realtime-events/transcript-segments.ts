/**
 * From gathered facts to segments: who said what, after which item, from when to when, and whether it is final.
 * Times follow the protocol sheet: the learner's from the audio clock, the partner's from the arrival of the sound.
 */
import type { SegmentInput, SegmentSource } from '../transcript.ts'
import type { BufferState, CallFacts, ItemFacts, ResponseFacts } from './transcript-buffer.ts'

export interface SegmentContext {
  /** The session's start on the page's clock. */
  zeroMs: number
  /** How the learner's voice becomes text here, where the other end does not tell. */
  voiceSource: SegmentSource
}

/** `isPlaced` is false while it is not yet known what the segment follows: shown already, sent later. */
export interface BufferedSegment {
  segment: SegmentInput
  isPlaced: boolean
}

/** Every item that has text, in no particular order. The same facts always give the same segments. */
export function toSegments(state: BufferState, context: SegmentContext): BufferedSegment[] {
  const spoken = [...state.items.values()].filter((item) => isSpeaker(item) && textOf(item) !== '')
  return spoken.map((item) => toSegment(state, item, context))
}

function toSegment(state: BufferState, item: ItemFacts, context: SegmentContext): BufferedSegment {
  const isLearner = item.role === 'learner'
  const previous = findPrevious(state, item)
  const [startMs, endMs] = isLearner ? learnerSpan(state, item) : partnerSpan(state, item)
  const start = toSessionMs(startMs, context)
  return {
    isPlaced: previous.isKnown || isClosed(state, item),
    segment: {
      itemId: item.itemId,
      callNumber: item.callNumber,
      previousItemId: previous.itemId,
      source: isLearner ? learnerSource(item, context) : 'PROVIDER',
      speaker: isLearner ? 'LEARNER' : 'PARTNER',
      text: textOf(item),
      startMs: start,
      endMs: Math.max(start, toSessionMs(endMs, context)),
      final: isComplete(state, item) && (!previous.isPending || isClosed(state, item)),
      interrupted: !isLearner && isInterrupted(state, item),
      taskId: null,
    },
  }
}

function learnerSource(item: ItemFacts, context: SegmentContext): SegmentSource {
  return item.isTyped ? 'TYPED' : (item.heardSource ?? context.voiceSource)
}

/** Walks back over silent items (function calls, their outputs, speech nobody understood) to the nearest one with words. */
function findPrevious(
  state: BufferState,
  item: ItemFacts,
): { itemId: string | null; isKnown: boolean; isPending: boolean } {
  const seen = new Set([item.itemId])
  let current = item
  let isKnown = true
  for (;;) {
    if (current.previousItemId === undefined) isKnown = false
    const itemId = current.previousItemId === undefined ? neighbourBefore(state, current) : current.previousItemId
    if (itemId === null || seen.has(itemId)) return { itemId: null, isKnown, isPending: false }
    const previous = state.items.get(itemId)
    if (!previous) return { itemId, isKnown, isPending: false }
    if (!isSilent(state, previous)) return { itemId, isKnown, isPending: textOf(previous) === '' }
    seen.add(itemId)
    current = previous
  }
}

/** The best guess until the chain is told: the item of the same call that was first heard of just before. */
function neighbourBefore(state: BufferState, item: ItemFacts): string | null {
  let nearest: ItemFacts | null = null
  for (const other of state.items.values()) {
    const isBefore = other.callNumber === item.callNumber && other.firstOrder < item.firstOrder
    if (isBefore && (nearest === null || other.firstOrder > nearest.firstOrder)) nearest = other
  }
  return nearest?.itemId ?? null
}

function isSilent(state: BufferState, item: ItemFacts): boolean {
  if (item.role === 'silent') return true
  if (textOf(item) !== '') return false
  return isClosed(state, item) || (item.role === 'learner' ? item.isSettled : responseOf(state, item)?.isDone === true)
}

function isComplete(state: BufferState, item: ItemFacts): boolean {
  if (isClosed(state, item)) return true
  if (item.role === 'learner') return item.isSettled
  const response = responseOf(state, item)
  const isGenerated = item.texts.size > 0 || response?.isDone === true
  // "Interrupted" is part of a final and is known only once the sound has ended.
  return isGenerated && (hasSoundEnded(item, response) || isWithoutSound(item, response))
}

function hasSoundEnded(item: ItemFacts, response: ResponseFacts | undefined): boolean {
  return (
    item.truncatedAfterMs !== undefined ||
    response?.audioStoppedAtMs !== undefined ||
    response?.audioClearedAtMs !== undefined
  )
}

function isWithoutSound(item: ItemFacts, response: ResponseFacts | undefined): boolean {
  if (!response?.isDone || response.audioStartedAtMs !== undefined) return false
  return response.status !== 'completed' || item.isTextOnly
}

/** Of a response that was cut off, the last item is the one that was being said. */
function isInterrupted(state: BufferState, item: ItemFacts): boolean {
  if (item.truncatedAfterMs !== undefined) return true
  return responseOf(state, item)?.audioClearedAtMs !== undefined && siblings(state, item).at(-1) === item
}

function learnerSpan(state: BufferState, item: ItemFacts): [number, number] {
  const call = callOf(state, item)
  if (item.isTyped) return [item.firstAtMs, item.firstAtMs]
  const byHand = call?.talkSpans.findLast((span) => span.endMs <= item.firstAtMs)
  if (item.audioStartMs === undefined && byHand) return [byHand.startMs, byHand.endMs]
  if (!call || call.audioOffsetMs === undefined || item.audioStartMs === undefined)
    return [item.firstAtMs, item.lastAtMs]
  const startMs = item.audioStartMs + call.prefixPaddingMs + call.audioOffsetMs
  const endMs = item.audioEndMs === undefined ? item.lastAtMs : item.audioEndMs - call.silenceMs + call.audioOffsetMs
  return [startMs, Math.max(startMs, endMs)]
}

/** Several items in one response share its sound, in proportion to their length of text. */
function partnerSpan(state: BufferState, item: ItemFacts): [number, number] {
  const response = responseOf(state, item)
  const family = siblings(state, item)
  const startedMs =
    response?.audioStartedAtMs ?? Math.min(...family.map((sibling) => sibling.firstAtMs), item.firstAtMs)
  const heardUntilMs =
    response?.audioClearedAtMs ??
    response?.audioStoppedAtMs ??
    Math.max(...family.map((sibling) => sibling.lastAtMs), item.lastAtMs)
  const spanMs = Math.max(0, heardUntilMs - startedMs)
  const lengths = family.map((sibling) => textOf(sibling).length)
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1
  const before = lengths.slice(0, Math.max(0, family.indexOf(item))).reduce((sum, length) => sum + length, 0)
  const startMs = startedMs + (spanMs * before) / total
  const endMs = startMs + (spanMs * textOf(item).length) / total
  return [startMs, item.truncatedAfterMs === undefined ? endMs : Math.min(endMs, startMs + item.truncatedAfterMs)]
}

function siblings(state: BufferState, item: ItemFacts): ItemFacts[] {
  if (item.responseId === undefined) return [item]
  return [...state.items.values()]
    .filter((other) => other.role === 'partner' && other.responseId === item.responseId && textOf(other) !== '')
    .sort((a, b) => a.firstOrder - b.firstOrder)
}

/** The complete text of each part where there is one, else the pieces so far. */
function textOf(item: ItemFacts): string {
  const deltas = [...item.deltas.values()].sort((a, b) => a.order - b.order)
  const indices = new Set([...item.texts.keys(), ...deltas.map((delta) => delta.contentIndex)])
  const parts = [...indices]
    .sort((a, b) => a - b)
    .map((index) => {
      const pieces = deltas
        .filter((delta) => delta.contentIndex === index)
        .map((delta) => delta.text)
        .join('')
      return (item.texts.get(index) || pieces).trim()
    })
  return parts.filter((part) => part !== '').join(' ')
}

function isSpeaker(item: ItemFacts): boolean {
  return item.role === 'learner' || item.role === 'partner'
}

function isClosed(state: BufferState, item: ItemFacts): boolean {
  return callOf(state, item)?.isClosed === true
}

function responseOf(state: BufferState, item: ItemFacts): ResponseFacts | undefined {
  return item.responseId === undefined ? undefined : state.responses.get(item.responseId)
}

function callOf(state: BufferState, item: ItemFacts): CallFacts | undefined {
  return state.calls.get(item.callNumber)
}

function toSessionMs(atMs: number, { zeroMs }: SegmentContext): number {
  return Math.max(0, Math.round(atMs - zeroMs))
}
