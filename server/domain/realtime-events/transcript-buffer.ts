/**
 * The transcript as this browser heard it: a pure reducer over the events of the data channel.
 * It only gathers facts, each keyed by item or response, so that shuffled, doubled or late events add up to the same
 * segments (`transcript-segments.ts` derives them). Times are milliseconds of one monotonic clock of the page.
 */
import type { ConversationItem, HeardSource, ServerEvent } from './server-event.ts'

/** One event with the moment it arrived and its number on the wire (which settles the order of deltas). */
export interface ReceivedEvent {
  callNumber: number
  order: number
  atMs: number
  event: ServerEvent
}

export interface Delta {
  order: number
  contentIndex: number
  text: string
}

export interface ItemFacts {
  itemId: string
  callNumber: number
  role: 'learner' | 'partner' | 'silent' | 'unknown'
  /** Undefined until an event tells it. */
  previousItemId: string | null | undefined
  responseId: string | undefined
  isTyped: boolean
  /** How the learner's words came to be, where the other end told. */
  heardSource: HeardSource | null
  isTextOnly: boolean
  /** Pieces by event id, so that a doubled one counts once. */
  deltas: ReadonlyMap<string, Delta>
  /** Complete texts by content index. */
  texts: ReadonlyMap<number, string>
  /** The learner's item was transcribed, or failed to be. */
  isSettled: boolean
  /** On the audio clock of the call. */
  audioStartMs: number | undefined
  audioEndMs: number | undefined
  truncatedAfterMs: number | undefined
  firstOrder: number
  firstAtMs: number
  lastAtMs: number
}

export interface ResponseFacts {
  audioStartedAtMs: number | undefined
  audioStoppedAtMs: number | undefined
  audioClearedAtMs: number | undefined
  isDone: boolean
  status: string
}

export interface CallFacts {
  /** What to add to the call's audio clock for the page's clock: the least seen, since events only ever come late. */
  audioOffsetMs: number | undefined
  prefixPaddingMs: number
  silenceMs: number
  /** When the learner held the turn by hand, in the order of time: such speech has no place on the audio clock. */
  talkSpans: readonly TalkSpan[]
  isClosed: boolean
}

/** On the page's clock. */
export interface TalkSpan {
  startMs: number
  endMs: number
}

export interface BufferState {
  items: ReadonlyMap<string, ItemFacts>
  responses: ReadonlyMap<string, ResponseFacts>
  calls: ReadonlyMap<number, CallFacts>
}

export const emptyBuffer: BufferState = { items: new Map(), responses: new Map(), calls: new Map() }

/** Adds what one event tells. Never forgets anything, so the order of arrival does not matter. */
export function receiveEvent(state: BufferState, received: ReceivedEvent): BufferState {
  const { event } = received
  switch (event.kind) {
    case 'session':
      // Without detection nothing is padded; what was heard before keeps the padding it had.
      return withCall(state, received.callNumber, ({ prefixPaddingMs, silenceMs }) => ({
        prefixPaddingMs: event.turnDetection?.prefixPaddingMs ?? prefixPaddingMs,
        silenceMs: event.turnDetection?.silenceMs ?? silenceMs,
      }))
    case 'speech-started':
      return withItem(withOffset(state, received, event.audioMs), received, event.itemId, () => ({
        role: 'learner',
        audioStartMs: event.audioMs,
      }))
    case 'speech-stopped':
      return withItem(withOffset(state, received, event.audioMs), received, event.itemId, () => ({
        role: 'learner',
        audioEndMs: event.audioMs,
      }))
    case 'committed':
      return withItem(state, received, event.itemId, () => ({ role: 'learner', previousItemId: event.previousItemId }))
    case 'item':
      return withItem(state, received, event.item.itemId, (facts) => fromItem(facts, event.item))
    case 'learner-delta':
      return withItem(state, received, event.itemId, (facts) => ({
        role: 'learner',
        deltas: withDelta(facts, received, event.eventId, 0, event.delta),
      }))
    case 'learner-text':
      return withItem(state, received, event.itemId, (facts) => ({
        role: 'learner',
        isSettled: true,
        heardSource: event.source ?? facts.heardSource,
        texts: withText(facts, 0, event.text),
      }))
    case 'learner-failed':
      return withItem(state, received, event.itemId, () => ({ role: 'learner', isSettled: true }))
    case 'partner-delta':
      return withItem(state, received, event.itemId, (facts) => ({
        role: 'partner',
        responseId: event.responseId || facts.responseId,
        deltas: withDelta(facts, received, event.eventId, event.contentIndex, event.delta),
      }))
    case 'partner-text':
      return withItem(state, received, event.itemId, (facts) => ({
        role: 'partner',
        responseId: event.responseId || facts.responseId,
        texts: withText(facts, event.contentIndex, event.text),
      }))
    case 'truncated':
      return withItem(state, received, event.itemId, () => ({ role: 'partner', truncatedAfterMs: event.audioMs }))
    case 'function-call':
      return withItem(state, received, event.itemId, () => ({ role: 'silent' }))
    default:
      return receiveResponse(state, received)
  }
}

/** After this no further event of the call is awaited: every text there is counts as final. */
export function closeCall(state: BufferState, callNumber: number): BufferState {
  return withCall(state, callNumber, () => ({ isClosed: true }))
}

/** The learner has held the turn by hand; what is committed next was said then. */
export function noteTalk(state: BufferState, callNumber: number, span: TalkSpan): BufferState {
  return withCall(state, callNumber, ({ talkSpans }) => ({ talkSpans: [...talkSpans, span] }))
}

function receiveResponse(state: BufferState, { event, atMs }: ReceivedEvent): BufferState {
  switch (event.kind) {
    case 'audio-started':
      return withResponse(state, event.responseId, (facts) => ({
        audioStartedAtMs: least(facts.audioStartedAtMs, atMs),
      }))
    case 'audio-stopped':
      return withResponse(state, event.responseId, (facts) => ({
        audioStoppedAtMs: least(facts.audioStoppedAtMs, atMs),
      }))
    case 'audio-cleared':
      return withResponse(state, event.responseId, (facts) => ({
        audioClearedAtMs: least(facts.audioClearedAtMs, atMs),
      }))
    case 'response-done':
      return withResponse(state, event.responseId, () => ({ isDone: true, status: event.status }))
    default:
      return state
  }
}

function fromItem(facts: ItemFacts, item: ConversationItem): Partial<ItemFacts> {
  return {
    role: item.role,
    previousItemId: item.previousItemId === undefined ? facts.previousItemId : item.previousItemId,
    responseId: item.responseId ?? facts.responseId,
    isTyped: facts.isTyped || item.isTyped,
    isTextOnly: facts.isTextOnly || item.isTextOnly,
    isSettled: facts.isSettled || item.isTyped || (item.role === 'learner' && item.text !== ''),
    // A finished item repeats the text of its parts: it counts only where the parts have not told it.
    texts: item.text !== '' && item.role === 'learner' ? withText(facts, 0, item.text) : facts.texts,
  }
}

function withDelta(
  facts: ItemFacts,
  received: ReceivedEvent,
  eventId: string,
  contentIndex: number,
  text: string,
): ReadonlyMap<string, Delta> {
  const key = eventId || `order-${received.order}`
  return new Map(facts.deltas).set(key, {
    order: least(facts.deltas.get(key)?.order, received.order),
    contentIndex,
    text,
  })
}

/** A longer complete text wins over a shorter one for the same part, so that the result does not hang on the order. */
function withText(facts: ItemFacts, contentIndex: number, text: string): ReadonlyMap<number, string> {
  const known = facts.texts.get(contentIndex)
  const isBetter = known === undefined || text.length > known.length || (text.length === known.length && text > known)
  return isBetter ? new Map(facts.texts).set(contentIndex, text) : facts.texts
}

function withOffset(state: BufferState, { callNumber, atMs }: ReceivedEvent, audioMs: number): BufferState {
  return withCall(state, callNumber, (facts) => ({ audioOffsetMs: least(facts.audioOffsetMs, atMs - audioMs) }))
}

function withItem(
  state: BufferState,
  received: ReceivedEvent,
  itemId: string,
  toChange: (facts: ItemFacts) => Partial<ItemFacts>,
): BufferState {
  const facts = state.items.get(itemId) ?? newItem(itemId, received)
  const changed: ItemFacts = {
    ...facts,
    ...toChange(facts),
    firstOrder: Math.min(facts.firstOrder, received.order),
    firstAtMs: Math.min(facts.firstAtMs, received.atMs),
    lastAtMs: Math.max(facts.lastAtMs, received.atMs),
  }
  return { ...state, items: new Map(state.items).set(itemId, changed) }
}

function newItem(itemId: string, { callNumber, order, atMs }: ReceivedEvent): ItemFacts {
  return {
    itemId,
    callNumber,
    role: 'unknown',
    previousItemId: undefined,
    responseId: undefined,
    isTyped: false,
    heardSource: null,
    isTextOnly: false,
    deltas: new Map(),
    texts: new Map(),
    isSettled: false,
    audioStartMs: undefined,
    audioEndMs: undefined,
    truncatedAfterMs: undefined,
    firstOrder: order,
    firstAtMs: atMs,
    lastAtMs: atMs,
  }
}

const newResponse: ResponseFacts = {
  audioStartedAtMs: undefined,
  audioStoppedAtMs: undefined,
  audioClearedAtMs: undefined,
  isDone: false,
  status: '',
}

function withResponse(
  state: BufferState,
  responseId: string,
  toChange: (facts: ResponseFacts) => Partial<ResponseFacts>,
): BufferState {
  const facts = state.responses.get(responseId) ?? newResponse
  return { ...state, responses: new Map(state.responses).set(responseId, { ...facts, ...toChange(facts) }) }
}

const newCall: CallFacts = {
  audioOffsetMs: undefined,
  prefixPaddingMs: 0,
  silenceMs: 0,
  talkSpans: [],
  isClosed: false,
}

function withCall(
  state: BufferState,
  callNumber: number,
  toChange: (facts: CallFacts) => Partial<CallFacts>,
): BufferState {
  const facts = state.calls.get(callNumber) ?? newCall
  return { ...state, calls: new Map(state.calls).set(callNumber, { ...facts, ...toChange(facts) }) }
}

function least(known: number | undefined, value: number): number {
  return known === undefined ? value : Math.min(known, value)
}
