/** Joins the buffer, the display and the send queue of a live session: events in, ordered segments out. */
import { mergeSegments, type Segment, type SegmentSource } from '../../server/domain/transcript.ts'
import type { SegmentQueue } from './segment-queue.ts'
import type { ServerEvent } from '../../server/domain/realtime-events/server-event.ts'
import {
  closeCall,
  emptyBuffer,
  noteTalk,
  receiveEvent,
  type BufferState,
  type TalkSpan,
} from '../../server/domain/realtime-events/transcript-buffer.ts'
import { toSegments } from '../../server/domain/realtime-events/transcript-segments.ts'

/** Frequent enough to read along, seldom enough to cost nothing. */
const refreshMs = 50

export interface LiveTranscriptOptions {
  zeroMs: number
  voiceSource: SegmentSource
  queue: SegmentQueue
  onSegments: (segments: readonly Segment[]) => void
}

export class LiveTranscript {
  readonly #options: LiveTranscriptOptions
  #buffer: BufferState = emptyBuffer
  #isEnding = false
  #timer: ReturnType<typeof setTimeout> | null = null
  #waiters: (() => void)[] = []

  constructor(options: LiveTranscriptOptions) {
    this.#options = options
  }

  receive(event: ServerEvent, callNumber: number, order: number, atMs: number): void {
    if (this.#isEnding && !isStillWanted(event, this.#buffer)) return
    this.#buffer = receiveEvent(this.#buffer, { callNumber, order, atMs, event })
    this.#timer ??= setTimeout(() => this.#refresh(), refreshMs)
    if (this.#isEnding && !hasOpenSpeech(this.#buffer)) this.#settle()
  }

  /** The learner held the turn by hand for this time. Told before the turn is ended. */
  noteTalk(callNumber: number, span: TalkSpan): void {
    this.#buffer = noteTalk(this.#buffer, callNumber, span)
  }

  closeCall(callNumber: number): void {
    this.#buffer = closeCall(this.#buffer, callNumber)
    this.#refresh()
  }

  /** From now on only what was already said is awaited: resolves when its text has come, or after the time. */
  async untilSettled(timeoutMs: number): Promise<void> {
    this.#isEnding = true
    if (!hasOpenSpeech(this.#buffer)) return
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, timeoutMs)
      this.#waiters.push(() => {
        clearTimeout(limit)
        resolve()
      })
    })
  }

  #refresh(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const buffered = toSegments(this.#buffer, this.#options)
    const { segments } = mergeSegments(
      [],
      buffered.map(({ segment }) => segment),
    )
    const unplaced = new Set(buffered.filter(({ isPlaced }) => !isPlaced).map(({ segment }) => segment.itemId))
    const inputs = new Map(buffered.map(({ segment }) => [segment.itemId, segment]))
    this.#options.onSegments(segments)
    // In the order of the conversation, so that the server seldom has to move what it already has.
    this.#options.queue.offer(
      segments.flatMap(({ itemId }) => (unplaced.has(itemId) ? [] : (inputs.get(itemId) ?? []))),
    )
  }

  #settle(): void {
    for (const resolve of this.#waiters) resolve()
    this.#waiters = []
  }
}

function hasOpenSpeech(buffer: BufferState): boolean {
  return [...buffer.items.values()].some(
    (item) => item.role === 'learner' && !item.isSettled && buffer.calls.get(item.callNumber)?.isClosed !== true,
  )
}

/** After End the partner's further words are not heard by anyone, and so are no part of the conversation. */
function isStillWanted(event: ServerEvent, buffer: BufferState): boolean {
  switch (event.kind) {
    case 'speech-started':
    case 'response-created':
    case 'audio-started':
    case 'function-call':
      return false
    case 'partner-delta':
    case 'partner-text':
      return buffer.items.has(event.itemId)
    case 'item':
      return event.item.role === 'learner' || buffer.items.has(event.item.itemId)
    default:
      return true
  }
}
