/** The partner's side of the conversation: one response at a time, when it begins, and what becomes of it when it is cut short. */
import type { ClientEvent, ResponseOptions } from './client-events.ts'
import type { ConversationItems } from './conversation-items.ts'
import type { LearnerTurns } from './learner-turns.ts'
import type { Cue, Heard, MindReply, PartnerMind } from './partner-mind.ts'
import { toSettings, withOptions, withTools } from './response-options.ts'
import { ResponseRun, type CancelReason } from './response-run.ts'
import { errorEvent, type Emit } from './server-events.ts'
import { SoundQueue } from './sound-queue.ts'
import type { SessionConfig } from '../session/session-config.ts'

export interface ResponsesParts {
  emit: Emit
  items: ConversationItems
  learner: LearnerTurns
  mind: PartnerMind
  newId: (prefix: string) => string
  config: () => SessionConfig
  play: (responseId: string, itemId: string, pcm: Int16Array) => void
  endPlaying: (responseId: string) => void
  stopPlaying: () => void
  /** Does something later; the answer takes it back. */
  schedule: (delayMs: number, work: () => void) => () => void
  /** A response is over, and nothing is heard of it any more. */
  fellSilent: (last: { hasOutput: boolean }) => void
}

/** Less than this heard of a response counts as nothing: the learner was still speaking. */
const UNHEARD_MS = 400
/** By then it is known whether he was: his voice is judged for a moment before it counts as speech. */
const SETTLED_AFTER_MS = 700

export class Responses {
  readonly #parts: ResponsesParts
  readonly #conversationId: string
  readonly #sound: SoundQueue
  #active: ResponseRun | null = null
  #isWanted = false
  #isClearedByClient = false
  #hasReplied = false
  #hasToolOutput = false
  #hasSpoken = false
  #cancelSettling = () => {}

  constructor(parts: ResponsesParts) {
    this.#parts = parts
    this.#sound = new SoundQueue(parts)
    this.#conversationId = parts.newId('conv')
  }

  get isIdle(): boolean {
    return this.#active === null && this.#sound.sounding === null
  }

  /** The voice cannot be changed any more. */
  get hasSpoken(): boolean {
    return this.#hasSpoken
  }

  /** The turn of the learner, or his silence, asks for an answer. */
  want(cue?: Cue) {
    if (this.#active) this.#isWanted = true
    else this.#respond({}, cue)
  }

  /** The client asks for one. */
  create({ response = {}, event_id }: Extract<ClientEvent, { type: 'response.create' }>) {
    const { emit, config } = this.#parts
    const eventId = event_id ?? null
    const voice = response.audio?.output?.voice
    if (this.#active)
      return emit(errorEvent('conversation_already_has_active_response', 'A response is in progress already.', eventId))
    if (voice !== undefined && this.refusesVoice(voice, config()))
      return emit(cannotUpdateVoice(eventId, 'response.audio.output.voice'))
    return this.#respond(response)
  }

  refusesVoice(voice: unknown, config: SessionConfig): boolean {
    return this.#hasSpoken && JSON.stringify(voice) !== JSON.stringify(config.audio.output.voice)
  }

  cancelByClient({ response_id, event_id }: Extract<ClientEvent, { type: 'response.cancel' }>) {
    if (!this.#active || (response_id !== undefined && response_id !== this.#active.id)) {
      const message = 'Cancellation failed: no active response found'
      return this.#parts.emit(errorEvent('response_cancel_not_active', message, event_id ?? null))
    }
    this.#cancel('client_cancelled')
    return this.#parts.learner.publishAll()
  }

  clearByClient() {
    if (!this.#sound.sounding) return
    this.#isClearedByClient = true
    this.#parts.stopPlaying()
    this.#dropUnheard(false)
  }

  /** The learner speaks. */
  interrupt() {
    if (this.#sound.sounding) this.#parts.stopPlaying()
    this.#cancel('turn_detected')
    this.#dropUnheard(true)
  }

  toolOutputCame() {
    this.#hasToolOutput = true
  }

  playingStarted(responseId: string) {
    this.#parts.emit({ type: 'output_audio_buffer.started', response_id: responseId })
    const run = this.#sound.sounding
    if (run?.id !== responseId) return
    this.#cancelSettling = this.#parts.schedule(SETTLED_AFTER_MS, () => this.#settle(run))
  }

  playingDrained(responseId: string) {
    this.#parts.emit({ type: 'output_audio_buffer.stopped', response_id: responseId })
    const run = this.#sound.sounding
    if (run?.id !== responseId) return
    this.#endSound()
    this.#settle(run)
    this.#reportSilence(run)
  }

  playingStopped(responseId: string, itemId: string, playedMs: number) {
    const run = this.#sound.sounding?.id === responseId ? this.#sound.sounding : null
    const isByClient = this.#isClearedByClient
    this.#isClearedByClient = false
    if (run) {
      this.#endSound()
      if (playedMs < UNHEARD_MS) this.#takeBack(run, !isByClient)
      else this.#settle(run)
    }
    this.#parts.emit({ type: 'output_audio_buffer.cleared', response_id: responseId })
    this.#truncate(itemId, playedMs)
    if (run) this.#reportSilence(run)
  }

  #respond(options: ResponseOptions, cue?: Cue) {
    const { emit, items, newId, mind } = this.#parts
    const config = withOptions(this.#parts.config(), options)
    const run = new ResponseRun(
      {
        emit,
        items,
        newId,
        say: (sentence) => mind.say(sentence),
        play: (itemId, pcm) => {
          this.#hasSpoken = true
          this.#sound.play(run, itemId, pcm)
        },
        endPlaying: () => this.#sound.end(run),
      },
      toSettings(config, options, this.#conversationId),
    )
    this.#active = run
    run.begin()
    void this.#answer(run, config, cue)
  }

  async #answer(run: ResponseRun, config: SessionConfig, cue?: Cue) {
    const { mind } = this.#parts
    const isOverridden = config !== this.#parts.config()
    try {
      const heard = await this.#heardBy(run)
      if (run.isActive) {
        if (isOverridden) mind.configure(config)
        await run.deliver(withTools(this.#reply(run, heard, cue), config))
      }
    } catch {
      run.fail('no_answer')
    }
    if (isOverridden) mind.configure(this.#parts.config())
    this.#release(run)
  }

  /** A response outside of the conversation answers nothing of it, and leaves it as it is. */
  async #heardBy(run: ResponseRun): Promise<Heard[]> {
    if (!run.isOfConversation) return []
    run.turns = this.#parts.learner.take()
    if (!this.#hasReplied) this.#resume(run)
    return (await Promise.all(run.turns.map((turn) => turn.heard))).flat()
  }

  #reply(run: ResponseRun, heard: readonly Heard[], cue?: Cue): MindReply {
    const { mind } = this.#parts
    if (!run.isOfConversation) {
      const reply = mind.reply({ kind: 'asked' })
      reply.undo()
      return { ...reply, undo: () => {} }
    }
    const hasToolOutput = this.#hasToolOutput
    this.#hasToolOutput = false
    return mind.reply(toCue(heard) ?? cue ?? { kind: hasToolOutput ? 'tool-output' : 'asked' })
  }

  #release(run: ResponseRun) {
    if (this.#active !== run) return
    this.#active = null
    if (run.sound === 'none') this.#settle(run)
    if (this.#isWanted) {
      this.#isWanted = false
      this.#respond({})
    } else this.#reportSilence(run)
  }

  #cancel(reason: CancelReason) {
    const run = this.#active
    if (!run) return
    this.#active = null
    this.#isWanted = false
    run.cancel(reason)
    if (run.sound === 'none') this.#takeBack(run, reason === 'turn_detected')
    this.#reportSilence(run)
  }

  #endSound() {
    this.#cancelSettling()
    this.#sound.over()
  }

  /** What was made and waited for its turn to be heard. */
  #dropUnheard(isContinued: boolean) {
    for (const { run, itemId } of this.#sound.dropWaiting()) {
      this.#truncate(itemId, 0)
      this.#takeBack(run, isContinued)
    }
  }

  #truncate(itemId: string, playedMs: number) {
    this.#parts.items.truncate(itemId)
    this.#parts.emit({
      type: 'conversation.item.truncated',
      item_id: itemId,
      content_index: 0,
      audio_end_ms: playedMs,
    })
  }

  #reportSilence(run: ResponseRun) {
    if (this.isIdle) this.#parts.fellSilent({ hasOutput: run.hasOutput })
  }

  /** Nobody heard this response: what it answered is to be answered again, together with what comes now. */
  #takeBack(run: ResponseRun, isContinued: boolean) {
    if (run.isTakenBack) return
    run.isTakenBack = true
    run.undo()
    this.#parts.learner.giveBack(run.turns, isContinued)
    if (!isContinued) this.#parts.learner.publish(run.turns)
  }

  /** It stays said: so do the words that it answers. */
  #settle(run: ResponseRun) {
    if (!run.isTakenBack) this.#parts.learner.publish(run.turns)
  }

  /** Takes up what the client gave back before the first response; what the partner had answered then is answered. */
  #resume(run: ResponseRun) {
    this.#hasReplied = true
    const { items, mind } = this.#parts
    const lastReply = items.all.findLastIndex((item) => item.type === 'message' && item.role === 'assistant')
    run.turns = run.turns.filter((turn) => items.all.findIndex((item) => item.id === turn.itemId) > lastReply)
    mind.resume(items.lines())
  }
}

export function cannotUpdateVoice(eventId: string | null, param: string) {
  const message = "Cannot update a conversation's voice if assistant audio is present."
  return errorEvent('cannot_update_voice', message, eventId, param)
}

function toCue(heard: readonly Heard[]): Cue | null {
  const latest = heard.findLast((entry) => entry.text !== '') ?? heard.at(-1)
  return latest ? { kind: 'heard', heard: latest } : null
}
