/** One response, from `response.created` to `response.done`, with its events in the documented order. */
import type { ConversationItems } from './conversation-items.ts'
import type { LearnerTurn } from './learner-turns.ts'
import type { MindReply } from './partner-mind.ts'
import { NO_USAGE, RATE_LIMITS, type Emit, type Item, type Response } from './server-events.ts'
import { toSentences } from '../voice/sentences.ts'

export interface ResponseParts {
  emit: Emit
  items: ConversationItems
  newId: (prefix: string) => string
  say: (sentence: string) => Promise<Int16Array>
  play: (itemId: string, pcm: Int16Array) => void
  endPlaying: () => void
}

export interface ResponseSettings {
  modality: 'text' | 'audio'
  /** null: outside of the conversation, which does not learn of it. */
  conversationId: string | null
  maxOutputTokens: number | 'inf'
  metadata: Record<string, string> | null
  voice: unknown
}

export type CancelReason = 'turn_detected' | 'client_cancelled'

const WORDS_PER_DELTA = /\s*\S+(?:\s+\S+){0,3}/gu

export class ResponseRun {
  readonly id: string
  /** What it answers. */
  turns: LearnerTurn[] = []
  /** Sound of it was handed out; 'over': none of it is queued any more. */
  sound: 'none' | 'queued' | 'over' = 'none'
  isTakenBack = false
  readonly #parts: ResponseParts
  readonly #settings: ResponseSettings
  #reply: MindReply | null = null
  #status: NonNullable<Response['status']> = 'in_progress'
  #output: Item[] = []
  #open: { item: Item; said: string } | null = null

  constructor(parts: ResponseParts, settings: ResponseSettings) {
    this.#parts = parts
    this.#settings = settings
    this.id = parts.newId('resp')
  }

  get isActive(): boolean {
    return this.#status === 'in_progress'
  }

  get isOfConversation(): boolean {
    return this.#settings.conversationId !== null
  }

  /** Whether it said or did anything. */
  get hasOutput(): boolean {
    return this.#output.length > 0
  }

  get #modality(): 'text' | 'audio' {
    return this.#settings.modality
  }

  /** Takes the mind's turn back, where it has been made. */
  undo() {
    this.#reply?.undo()
  }

  begin() {
    this.#parts.emit({ type: 'response.created', response: this.#snapshot(null) })
    this.#parts.emit(RATE_LIMITS)
  }

  /** Speaks the reply and makes its tool call. Ends early, without a word, once the run was cancelled. */
  async deliver(reply: MindReply): Promise<void> {
    this.#reply = reply
    try {
      if (reply.text !== '') await this.#speak(reply.text)
      if (!this.isActive) return
      if (reply.toolCall) this.#callTool(reply.toolCall)
      this.#finish('completed', { type: 'completed' })
    } catch {
      this.fail('voice_failed')
    } finally {
      this.#parts.endPlaying()
    }
  }

  fail(code: string) {
    if (!this.isActive) return
    this.#closeMessage('incomplete')
    this.#finish('failed', { type: 'failed', error: { type: 'server_error', code } })
  }

  cancel(reason: CancelReason) {
    if (!this.isActive) return
    this.#closeMessage('incomplete')
    this.#finish('cancelled', { type: 'cancelled', reason })
  }

  async #speak(text: string) {
    const item = this.#openMessage()
    const sentences = toSentences(text)
    for (const [index, sentence] of sentences.entries()) {
      this.#sendWords(item.id, index === 0 ? sentence : ` ${sentence}`)
      if (this.#modality === 'text') continue
      const pcm = await this.#parts.say(sentence)
      if (!this.isActive) return
      this.sound = 'queued'
      this.#parts.play(item.id, pcm)
    }
    this.#closeMessage('completed')
  }

  #openMessage(): Item {
    const { emit, newId } = this.#parts
    const item: Item = {
      id: newId('item'),
      object: 'realtime.item',
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    }
    this.#open = { item, said: '' }
    emit({ type: 'response.output_item.added', response_id: this.id, output_index: this.#output.length, item })
    this.#addItem(item)
    emit({ type: 'response.content_part.added', ...this.#place(item.id), part: this.#part('') })
    return item
  }

  #sendWords(itemId: string, words: string) {
    for (const [delta] of words.matchAll(WORDS_PER_DELTA)) {
      if (this.#open) this.#open.said += delta
      const type = this.#modality === 'text' ? 'response.output_text.delta' : 'response.output_audio_transcript.delta'
      this.#parts.emit({ type, ...this.#place(itemId), delta })
    }
  }

  #closeMessage(status: 'completed' | 'incomplete') {
    const open = this.#open
    if (!open) return
    this.#open = null
    const { emit } = this.#parts
    const place = this.#place(open.item.id)
    const content =
      this.#modality === 'text'
        ? { type: 'output_text' as const, text: open.said }
        : { type: 'output_audio' as const, transcript: open.said }
    const item = { ...open.item, status, content: [content] } as Item
    if (this.#modality === 'text') emit({ type: 'response.output_text.done', ...place, text: open.said })
    else {
      emit({ type: 'response.output_audio.done', ...place })
      emit({ type: 'response.output_audio_transcript.done', ...place, transcript: open.said })
    }
    emit({ type: 'response.content_part.done', ...place, part: this.#part(open.said) })
    this.#finishItem(item)
  }

  #callTool(call: NonNullable<MindReply['toolCall']>) {
    const { emit, newId } = this.#parts
    const callId = newId('call')
    const base = {
      id: newId('item'),
      object: 'realtime.item' as const,
      type: 'function_call' as const,
      name: call.name,
      call_id: callId,
    }
    const begun: Item = { ...base, status: 'in_progress', arguments: '' }
    const place = { response_id: this.id, item_id: base.id, output_index: this.#output.length, call_id: callId }
    emit({ type: 'response.output_item.added', response_id: this.id, output_index: place.output_index, item: begun })
    this.#addItem(begun)
    emit({ type: 'response.function_call_arguments.delta', ...place, delta: call.arguments })
    emit({ type: 'response.function_call_arguments.done', ...place, name: call.name, arguments: call.arguments })
    this.#finishItem({ ...base, status: 'completed', arguments: call.arguments })
  }

  #addItem(item: Item) {
    const { emit, items } = this.#parts
    if (this.isOfConversation) emit({ type: 'conversation.item.added', previous_item_id: items.append(item), item })
  }

  #finishItem(item: Item) {
    const { emit, items } = this.#parts
    emit({ type: 'response.output_item.done', response_id: this.id, output_index: this.#output.length, item })
    this.#output = [...this.#output, item]
    if (!this.isOfConversation) return
    items.replace(item)
    emit({ type: 'conversation.item.done', previous_item_id: items.previousOf(item.id), item })
  }

  #finish(status: NonNullable<Response['status']>, details: NonNullable<Response['status_details']>) {
    this.#status = status
    this.#parts.emit({ type: 'response.done', response: this.#snapshot(status === 'completed' ? null : details) })
  }

  #snapshot(details: Response['status_details'] | null): Response {
    const { modality, conversationId, maxOutputTokens, metadata, voice } = this.#settings
    const isOver = this.#status !== 'in_progress'
    const snapshot = {
      id: this.id,
      object: 'realtime.response',
      status: this.#status,
      status_details: details,
      output: this.#output,
      conversation_id: conversationId,
      output_modalities: [modality],
      max_output_tokens: maxOutputTokens,
      metadata,
      audio: { output: { format: { type: 'audio/pcm', rate: 24_000 }, voice } },
      usage: isOver ? NO_USAGE : null,
    }
    // The service sends null where the SDK's type has the field absent.
    return snapshot as unknown as Response
  }

  #place(itemId: string) {
    return { response_id: this.id, item_id: itemId, output_index: this.#output.length, content_index: 0 }
  }

  #part(said: string) {
    return this.#modality === 'text'
      ? { type: 'text' as const, text: said }
      : { type: 'audio' as const, transcript: said }
  }
}
