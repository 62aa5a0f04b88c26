/**
 * The protocol core of one session: client events, turns and playout in, server events out. It does no input or output of
 * its own and knows neither WebRTC nor what is talked about. Source: OpenAI Realtime API (GA), events of a voice session.
 */
import { parseClientEvent, type ClientEvent } from './client-events.ts'
import { ConversationItems } from './conversation-items.ts'
import { IdleTimer } from './idle-timer.ts'
import { ItemCommands } from './item-commands.ts'
import { LearnerTurns } from './learner-turns.ts'
import type { PartnerMind } from './partner-mind.ts'
import { cannotUpdateVoice, Responses } from './responses.ts'
import { errorEvent, sessionEvent, type NewServerEvent, type ServerEvent } from './server-events.ts'
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
  /** Of a clock that only goes forward. */
  nowMs(): number
  /** Does something later; the answer takes it back. */
  schedule(delayMs: number, work: () => void): () => void
}

export class RealtimeSession {
  readonly #ports: SessionPorts
  readonly #mind: PartnerMind
  readonly #tier: number
  readonly #items = new ConversationItems()
  readonly #itemCommands: ItemCommands
  readonly #learner: LearnerTurns
  readonly #responses: Responses
  readonly #idle: IdleTimer
  #config: SessionConfig
  #turns: TurnSettings
  #queue = Promise.resolve()

  constructor(ports: SessionPorts, mind: PartnerMind, tier: number, config: SessionConfig) {
    this.#ports = ports
    this.#mind = mind
    this.#tier = tier
    this.#config = config
    this.#turns = toTurnSettings(config)
    const emit = (event: NewServerEvent) => this.#emit(event)
    const newId = (prefix: string) => ports.newId(prefix)
    const shared = { emit, newId, items: this.#items }
    this.#itemCommands = new ItemCommands(this.#items, emit, newId)
    this.#learner = new LearnerTurns({
      ...shared,
      hear: (utterance) => mind.hear(utterance),
      isTranscribed: () => this.#config.audio.input.transcription !== null,
    })
    this.#responses = new Responses({
      ...shared,
      ...ports,
      mind,
      learner: this.#learner,
      config: () => this.#config,
      // Who has nothing more to say to a silence is not asked again and again.
      fellSilent: ({ hasOutput }) => hasOutput && this.#awaitLearner(),
    })
    this.#idle = new IdleTimer({ ...ports, elapsed: (startMs, endMs) => this.#stayedSilent(startMs, endMs) })
    mind.configure(config)
  }

  start() {
    this.#idle.setClock(0)
    this.#emit(this.snapshot())
  }

  /** What the session is, for one who joins it. */
  snapshot(): ServerEvent {
    return this.#toEvent(sessionEvent('session.created', this.#config, this.#tier))
  }

  /** The session has run its full time: says so; the caller then ends the call. */
  expire() {
    this.#emit(errorEvent('session_expired', 'Your session hit the maximum duration of 60 minutes.', null))
  }

  /** Nothing follows. */
  end() {
    this.#idle.stop()
  }

  /** One message of the client. Messages are handled in their order, also when one has to wait. */
  receive(message: string): Promise<void> {
    const parsed = parseClientEvent(message)
    this.#queue = this.#queue.then(() => this.#obey(parsed))
    return this.#queue
  }

  speechStarted(atMs: number) {
    this.#idle.stop()
    this.#learner.speechStarted(atMs)
    if (this.#turns.interruptsResponse) this.#responses.interrupt()
  }

  /** The turn may be over: its sound so far. */
  speechPaused(utterance: Int16Array) {
    this.#learner.speechPaused(utterance)
  }

  speechResumed() {
    this.#learner.speechResumed()
  }

  speechStopped(atMs: number, utterance: Int16Array) {
    const { createsResponse, interruptsResponse } = this.#turns
    this.#idle.setClock(atMs)
    this.#learner.speechStopped(atMs, utterance, createsResponse && interruptsResponse)
    if (createsResponse) this.#responses.want()
  }

  playingStarted(responseId: string) {
    this.#responses.playingStarted(responseId)
  }

  playingDrained(responseId: string) {
    this.#responses.playingDrained(responseId)
  }

  playingStopped(responseId: string, itemId: string, playedMs: number) {
    this.#responses.playingStopped(responseId, itemId, playedMs)
  }

  async #obey(parsed: ReturnType<typeof parseClientEvent>) {
    if ('fault' in parsed) {
      const { code, message, eventId, param } = parsed.fault
      return this.#emit(errorEvent(code, message, eventId, param))
    }
    try {
      return await this.#handle(parsed.event)
    } catch {
      const { type, event_id: eventId = null } = parsed.event
      const message = `The server had an error while processing ${type}.`
      return this.#emit({
        type: 'error',
        error: { type: 'server_error', code: 'internal_error', message, param: null, event_id: eventId },
      })
    }
  }

  async #handle(event: ClientEvent): Promise<void> {
    const eventId = event.event_id ?? null
    switch (event.type) {
      case 'session.update':
        return this.#update(event, eventId)
      case 'conversation.item.create':
        return this.#create(event, eventId)
      case 'conversation.item.retrieve':
      case 'conversation.item.delete':
      case 'conversation.item.truncate':
        return this.#itemCommands.handle(event, eventId)
      case 'response.create':
        this.#idle.stop()
        return this.#responses.create(event)
      case 'response.cancel':
        return this.#responses.cancelByClient(event)
      case 'output_audio_buffer.clear':
        return this.#responses.clearByClient()
      case 'input_audio_buffer.clear':
        this.#ports.clearInput()
        this.#learner.cleared()
        this.#learner.publishAll()
        return this.#emit({ type: 'input_audio_buffer.cleared' })
      case 'input_audio_buffer.commit':
        return this.#commitByHand(eventId)
      case 'input_audio_buffer.append':
        return
    }
  }

  #update({ session }: Extract<ClientEvent, { type: 'session.update' }>, eventId: string | null) {
    const voice = session.audio?.output?.voice
    if (voice !== undefined && this.#responses.refusesVoice(voice, this.#config)) {
      this.#emit(cannotUpdateVoice(eventId, 'session.audio.output.voice'))
      return
    }
    const { idleTimeoutMs } = this.#turns
    const config = mergeSessionConfig(this.#config, session)
    this.#mind.configure(config)
    this.#config = config
    this.#turns = toTurnSettings(config)
    this.#ports.listen(this.#turns)
    this.#emit(sessionEvent('session.updated', this.#config, this.#tier))
    if (this.#turns.idleTimeoutMs !== idleTimeoutMs) this.#awaitLearner()
  }

  #create(event: Extract<ClientEvent, { type: 'conversation.item.create' }>, eventId: string | null) {
    const kept = this.#itemCommands.create(event, eventId)
    if (!kept) return
    const { item } = event
    if (item.type === 'function_call_output') this.#responses.toolOutputCame()
    if (item.type !== 'message' || item.role !== 'user') return
    // An answer once the partner has spoken; before, it belongs to a history that is given back.
    const text = item.content.map((part) => part.text ?? part.transcript ?? '').join(' ')
    if (text.trim() !== '') this.#learner.typed(kept.id, text.trim())
  }

  async #commitByHand(eventId: string | null) {
    const utterance = await this.#ports.commitInput()
    if (!utterance)
      return this.#emit(
        errorEvent('input_audio_buffer_commit_empty', 'The input audio buffer holds no speech.', eventId),
      )
    this.#learner.committed(utterance)
    if (this.#turns.createsResponse) this.#responses.want()
  }

  #awaitLearner() {
    const { idleTimeoutMs } = this.#turns
    if (idleTimeoutMs === null) this.#idle.stop()
    else if (this.#responses.isIdle && this.#responses.hasSpoken && !this.#learner.isSpeaking)
      this.#idle.start(idleTimeoutMs)
  }

  #stayedSilent(startMs: number, endMs: number) {
    this.#learner.stayedSilent(startMs, endMs)
    this.#responses.want({ kind: 'idle' })
  }

  #emit(event: NewServerEvent) {
    this.#ports.send(this.#toEvent(event))
  }

  #toEvent(event: NewServerEvent): ServerEvent {
    return { ...event, event_id: this.#ports.newId('event') } as ServerEvent
  }
}
