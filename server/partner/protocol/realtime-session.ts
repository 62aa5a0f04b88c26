/**
 * The protocol core of one session: client events, turns and playout in, server events out. It does no input or output of
 * its own and knows neither WebRTC nor what is talked about. Source: OpenAI Realtime API (GA), events of a voice session.
 */
import { parseClientEvent, type ClientEvent } from './client-events.ts'
import { ConversationItems } from './conversation-items.ts'
import { ItemCommands } from './item-commands.ts'
import type { Cue, Heard, HeardWords, PartnerMind } from './partner-mind.ts'
import { ResponseRun, type CancelReason } from './response-run.ts'
import { errorEvent, sessionEvent, spokenItem, type NewServerEvent, type ServerEvent } from './server-events.ts'
import { mergeSessionConfig, toTurnSettings, type SessionConfig, type TurnSettings } from '../session/session-config.ts'

export interface SessionPorts {
  send(event: ServerEvent): void
  play(responseId: string, itemId: string, pcm: Int16Array): void
  endPlaying(responseId: string): void
  /** Answered by `playingStopped`. */
  stopPlaying(): void
  listen(settings: TurnSettings): void
  /** The sound since the last turn at 16 kHz, null when there was no speech. */
  commitInput(): Promise<Int16Array | null>
  clearInput(): void
  newId(prefix: string): string
}

/** Less than this heard of a response counts as nothing: the learner was still speaking. */
const UNHEARD_MS = 400
const LISTENING_RATE = 16_000

export class RealtimeSession {
  readonly #ports: SessionPorts
  readonly #mind: PartnerMind
  readonly #items = new ConversationItems()
  readonly #itemCommands: ItemCommands
  #config: SessionConfig
  #turns: TurnSettings
  #speechItemId: string | null = null
  #active: ResponseRun | null = null
  /** The response whose sound is queued or heard. */
  #sounding: ResponseRun | null = null
  #isResponseWanted = false
  #hasReplied = false
  #unanswered: { itemId: string; heard: Promise<Heard> }[] = []
  #answering: { itemId: string; heard: Promise<Heard> }[] = []
  #queue = Promise.resolve()

  constructor(ports: SessionPorts, mind: PartnerMind, config: SessionConfig) {
    this.#ports = ports
    this.#mind = mind
    this.#config = config
    this.#turns = toTurnSettings(config)
    this.#itemCommands = new ItemCommands(
      this.#items,
      (event) => this.#emit(event),
      (prefix) => ports.newId(prefix),
    )
    mind.configure(config)
  }

  start() {
    this.#emit(sessionEvent('session.created', this.#config))
  }

  /** The session has run its full time: says so; the caller then ends the call. */
  expire() {
    this.#emit(errorEvent('session_expired', 'Your session hit the maximum duration of 60 minutes.', null))
  }

  /** One message of the client. Messages are handled in their order, also when one has to wait. */
  receive(message: string): Promise<void> {
    const parsed = parseClientEvent(message)
    this.#queue = this.#queue.then(async () => {
      if ('fault' in parsed) {
        const { code, message: text, eventId, param } = parsed.fault
        this.#emit(errorEvent(code, text, eventId, param))
      } else await this.#handle(parsed.event)
    })
    return this.#queue
  }

  speechStarted(atMs: number) {
    this.#speechItemId = this.#ports.newId('item')
    this.#emit({ type: 'input_audio_buffer.speech_started', item_id: this.#speechItemId, audio_start_ms: atMs })
    if (this.#turns.interruptsResponse) this.#interrupt('turn_detected')
  }

  /** `heard` are the words of the turn's `seconds` of sound, as soon as they are known. */
  speechStopped(atMs: number, heard: Promise<HeardWords>, seconds: number) {
    const itemId = this.#speechItemId ?? this.#ports.newId('item')
    this.#speechItemId = null
    this.#emit({ type: 'input_audio_buffer.speech_stopped', item_id: itemId, audio_end_ms: atMs })
    this.#commit(itemId, heard, seconds)
    if (this.#turns.createsResponse) this.#wantResponse()
  }

  playingStarted(responseId: string) {
    this.#emit({ type: 'output_audio_buffer.started', response_id: responseId })
  }

  playingDrained(responseId: string) {
    if (this.#sounding?.id === responseId) this.#sounding = null
    this.#emit({ type: 'output_audio_buffer.stopped', response_id: responseId })
  }

  playingStopped(responseId: string, itemId: string, playedMs: number) {
    if (this.#sounding?.id === responseId) {
      if (playedMs < UNHEARD_MS) this.#takeBack(this.#sounding)
      this.#sounding = null
    }
    this.#emit({ type: 'output_audio_buffer.cleared', response_id: responseId })
    this.#emit({ type: 'conversation.item.truncated', item_id: itemId, content_index: 0, audio_end_ms: playedMs })
  }

  async #handle(event: ClientEvent): Promise<void> {
    const eventId = event.event_id ?? null
    switch (event.type) {
      case 'session.update':
        return this.#update(event)
      case 'conversation.item.create': {
        const item = this.#itemCommands.create(event, eventId)
        if (item) this.#takeTyped(item.id, event.item)
        return
      }
      case 'conversation.item.retrieve':
      case 'conversation.item.delete':
      case 'conversation.item.truncate':
        return this.#itemCommands.handle(event, eventId)
      case 'response.create':
        if (this.#active)
          return this.#emit(
            errorEvent('conversation_already_has_active_response', 'A response is in progress already.', eventId),
          )
        return this.#respond(event.response?.output_modalities?.[0])
      case 'response.cancel':
        if (!this.#active)
          return this.#emit(
            errorEvent('response_cancel_not_active', 'Cancellation failed: no active response found', eventId),
          )
        return this.#cancel('client_cancelled')
      case 'output_audio_buffer.clear':
        return this.#sounding ? this.#ports.stopPlaying() : undefined
      case 'input_audio_buffer.clear':
        this.#ports.clearInput()
        return this.#emit({ type: 'input_audio_buffer.cleared' })
      case 'input_audio_buffer.commit':
        return this.#commitByHand(eventId)
      case 'input_audio_buffer.append':
        return
    }
  }

  #update(event: Extract<ClientEvent, { type: 'session.update' }>) {
    this.#config = mergeSessionConfig(this.#config, event.session)
    this.#turns = toTurnSettings(this.#config)
    this.#mind.configure(this.#config)
    this.#ports.listen(this.#turns)
    this.#emit(sessionEvent('session.updated', this.#config))
  }

  /** A message of the user is an answer once the partner has spoken; before, it belongs to a history that is given back. */
  #takeTyped(itemId: string, item: Extract<ClientEvent, { type: 'conversation.item.create' }>['item']) {
    if (item.type !== 'message' || item.role !== 'user') return
    const text = item.content
      .map((part) => part.text ?? part.transcript ?? '')
      .join(' ')
      .trim()
    if (text !== '') this.#unanswered.push({ itemId, heard: Promise.resolve({ kind: 'typed', text }) })
  }

  async #commitByHand(eventId: string | null) {
    const utterance = await this.#ports.commitInput()
    if (!utterance)
      return this.#emit(
        errorEvent('input_audio_buffer_commit_empty', 'The input audio buffer holds no speech.', eventId),
      )
    const itemId = this.#speechItemId ?? this.#ports.newId('item')
    this.#speechItemId = null
    this.#commit(itemId, this.#mind.hear(utterance), utterance.length / LISTENING_RATE)
    if (this.#turns.createsResponse) this.#wantResponse()
  }

  #commit(itemId: string, words: Promise<HeardWords>, seconds: number) {
    const item = spokenItem(itemId)
    const previous = this.#items.append(item)
    this.#emit({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id: previous })
    this.#emit({ type: 'conversation.item.added', previous_item_id: previous, item })
    this.#emit({ type: 'conversation.item.done', previous_item_id: previous, item })
    const heard = words.then((known): Heard => {
      this.#transcribed(itemId, known.text, seconds)
      return { kind: 'spoken', ...known }
    })
    this.#unanswered.push({ itemId, heard })
  }

  #transcribed(itemId: string, transcript: string, seconds: number) {
    const item = this.#items.find(itemId)
    if (item) this.#items.replace({ ...item, content: [{ type: 'input_audio', transcript }] } as unknown as typeof item)
    if (!this.#config.audio.input.transcription) return
    const place = { item_id: itemId, content_index: 0 }
    if (transcript !== '')
      this.#emit({ type: 'conversation.item.input_audio_transcription.delta', ...place, delta: transcript })
    const usage = { type: 'duration' as const, seconds: Math.round(seconds * 100) / 100 }
    this.#emit({ type: 'conversation.item.input_audio_transcription.completed', ...place, transcript, usage })
  }

  #wantResponse() {
    if (this.#active) this.#isResponseWanted = true
    else this.#respond()
  }

  #respond(modality = this.#config.output_modalities[0] ?? 'audio') {
    const run = new ResponseRun(
      {
        emit: (event) => this.#emit(event),
        items: this.#items,
        newId: (prefix) => this.#ports.newId(prefix),
        say: (sentence) => this.#mind.say(sentence),
        play: (responseId, itemId, pcm) => {
          this.#sounding = run
          this.#ports.play(responseId, itemId, pcm)
        },
        endPlaying: (responseId) => this.#ports.endPlaying(responseId),
      },
      modality,
    )
    this.#active = run
    run.begin()
    void this.#answer(run)
  }

  async #answer(run: ResponseRun) {
    this.#answering = this.#unanswered
    this.#unanswered = []
    if (!this.#hasReplied) this.#resume()
    const heard = await Promise.all(this.#answering.map((entry) => entry.heard))
    if (run.isActive) {
      await run.deliver(this.#mind.reply(toCue(heard)))
    }
    if (this.#active === run) this.#release()
  }

  #release() {
    this.#active = null
    if (!this.#isResponseWanted) return
    this.#isResponseWanted = false
    this.#respond()
  }

  #cancel(reason: CancelReason) {
    const run = this.#active
    if (!run) return
    this.#active = null
    this.#isResponseWanted = false
    run.cancel(reason)
    if (this.#sounding !== run) this.#takeBack(run)
  }

  #interrupt(reason: CancelReason) {
    if (this.#sounding) this.#ports.stopPlaying()
    this.#cancel(reason)
  }

  /** Nobody heard this response: what it answered is to be answered again, together with what comes now. */
  #takeBack(run: ResponseRun) {
    run.undo()
    this.#unanswered = [...this.#answering, ...this.#unanswered]
    this.#answering = []
  }

  /** Takes up what the client gave back before the first response; what the partner had answered then is answered. */
  #resume() {
    this.#hasReplied = true
    const lastReply = this.#items.all.findLastIndex((item) => item.type === 'message' && item.role === 'assistant')
    const isOpen = (itemId: string) => this.#items.all.findIndex((item) => item.id === itemId) > lastReply
    this.#answering = this.#answering.filter((entry) => isOpen(entry.itemId))
    this.#mind.resume(this.#heldBefore())
  }

  #heldBefore() {
    return this.#items.all.flatMap((item) => {
      if (item.type !== 'message' || item.role === 'system') return []
      const parts = item.content as { text?: string; transcript?: string | null }[]
      return [{ role: item.role, text: parts.map((part) => part.text ?? part.transcript ?? '').join(' ') }]
    })
  }

  #emit(event: NewServerEvent) {
    this.#ports.send({ ...event, event_id: this.#ports.newId('event') } as ServerEvent)
  }
}

function toCue(heard: readonly Heard[]): Cue {
  const latest = heard.findLast((entry) => entry.text !== '') ?? heard.at(-1)
  return latest ? { kind: 'heard', heard: latest } : { kind: 'asked' }
}
