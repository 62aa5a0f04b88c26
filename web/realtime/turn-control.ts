/** What the page says to the other end: typed answers, time to think, tool results. */
import type { ClientEvent } from './call.ts'
import { offerRepliesTool } from './reply-cards.ts'
import type { ServerEvent, TurnDetection } from './server-event.ts'
import type { TurnState } from './turn-state.ts'

export class TurnControl {
  readonly #send: (event: ClientEvent) => boolean
  readonly #answered = new Set<string>()
  /** What to go back to when the learner has thought. */
  #usualDetection: TurnDetection | null = null

  constructor(send: (event: ClientEvent) => boolean) {
    this.#send = send
  }

  letPartnerBegin(): void {
    this.#send({ type: 'response.create' })
  }

  /** Puts text in the learner's name and asks for an answer; a partner in mid-sentence falls silent for it. */
  say(text: string, turn: TurnState): boolean {
    if (text === '') return false
    this.quietPartner(turn)
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
    return this.#send({ type: 'conversation.item.create', item }) && this.#send({ type: 'response.create' })
  }

  quietPartner(turn: TurnState): void {
    if (turn.activeResponseId !== null) this.#send({ type: 'response.cancel' })
    if (turn.activeResponseId !== null || turn.isPartnerSpeaking) this.#send({ type: 'output_audio_buffer.clear' })
  }

  /** While held, speech is still heard and written down, but nothing is answered; on release an answer that is due is asked for. */
  setHolding(isHolding: boolean, turn: TurnState): boolean {
    if (isHolding) this.#usualDetection = turn.turnDetection
    const usual = this.#usualDetection?.raw
    if (!usual) return false
    const wasSent = this.#send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { turn_detection: isHolding ? { ...usual, create_response: false } : usual } },
      },
    })
    if (wasSent && !isHolding && turn.isAnswerDue && turn.activeResponseId === null)
      this.#send({ type: 'response.create' })
    return wasSent
  }

  /** A model that called a tool goes on only once it has the result. */
  answerTool(event: ServerEvent): void {
    if (event.kind !== 'function-call' || event.callId === '' || this.#answered.has(event.callId)) return
    this.#answered.add(event.callId)
    const output = event.name === offerRepliesTool ? '{"shown":true}' : '{"error":"There is no such tool here."}'
    this.#send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: event.callId, output },
    })
  }
}
