/** What the page says to the other end: typed answers, time to think, turns held by hand, tool results. */
import type { ClientEvent } from './call.ts'
import { offerRepliesTool } from './reply-cards.ts'
import type { ServerEvent, TurnDetection } from '../../server/domain/realtime-events/server-event.ts'
import { emptyCommitError, type TurnState } from './turn-state.ts'

/** How long the end of a conversation waits to hear that the last turn was taken. */
const commitLimitMs = 800

export class TurnControl {
  readonly #send: (event: ClientEvent) => boolean
  readonly #answered = new Set<string>()
  /** What the learner typed or tapped and the other end has not taken yet, by item id: the call may be dead already. */
  readonly #untaken = new Map<string, string>()
  /** What the call began with: to go back to when the learner has thought, or speaks hands-free again. */
  #usualDetection: TurnDetection | null = null
  #isJoined = false
  #isByHand = false
  /** A turn that was ended by hand, until the other end has taken it. */
  #ending: { wantsAnswer: boolean; settle: () => void } | null = null

  constructor(send: (event: ClientEvent) => boolean) {
    this.#send = send
  }

  /** Every call starts with a detection of its own, and knows nothing of the former one's. */
  joinCall(): void {
    this.#isJoined = false
    this.#usualDetection = null
    this.#ending = null
    this.#answered.clear()
  }

  /**
   * The partner has the word: it begins, or takes up what is given back to it from an earlier call. What that call never took is
   * said again, as the same item.
   */
  letPartnerBegin(earlier: readonly ClientEvent[] = []): void {
    for (const event of earlier) this.#send(event)
    for (const [id, text] of this.#untaken) this.#send(toTypedItem(id, text))
    this.#send({ type: 'response.create' })
  }

  /** Puts text in the learner's name and asks for an answer; a partner in mid-sentence falls silent for it. */
  say(text: string, turn: TurnState): boolean {
    if (text === '') return false
    this.quietPartner(turn)
    // OpenAI takes ids of at most 32 characters.
    const id = `said_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`
    if (!this.#send(toTypedItem(id, text))) return false
    this.#untaken.set(id, text)
    return this.#send({ type: 'response.create' })
  }

  quietPartner(turn: TurnState): void {
    if (turn.activeResponseId !== null) this.#send({ type: 'response.cancel' })
    if (turn.activeResponseId !== null || turn.isPartnerSpeaking) this.#send({ type: 'output_audio_buffer.clear' })
  }

  /** While held, speech is still heard and written down, but nothing is answered; on release an answer that is due is asked for. */
  setHolding(isHolding: boolean, turn: TurnState): boolean {
    this.#usualDetection ??= turn.turnDetection
    const usual = this.#usualDetection?.raw
    if (!usual) return false
    const wasSent = this.#detect(isHolding ? { ...usual, create_response: false } : usual)
    if (wasSent && !isHolding && turn.isAnswerDue && turn.activeResponseId === null)
      this.#send({ type: 'response.create' })
    return wasSent
  }

  /** From now on turns begin and end by the learner's hand, or by the pauses in their speech again. Holds for later calls, too. */
  setByHand(isByHand: boolean, turn: TurnState): void {
    this.#isByHand = isByHand
    if (!this.#isJoined) return
    this.#detect(isByHand ? null : (this.#usualDetection?.raw ?? null))
    // What was being said when the learner took over is an answer like any other.
    if (isByHand && turn.isLearnerSpeaking) void this.endTurn()
    if (!isByHand) this.#send({ type: 'input_audio_buffer.clear' })
  }

  /** The learner has the word: the partner falls silent, and what was heard before does not count. */
  beginTurn(turn: TurnState): boolean {
    this.quietPartner(turn)
    return this.#send({ type: 'input_audio_buffer.clear' })
  }

  /** The learner has finished. Resolves when the other end has taken the turn, found nothing in it, or does not say. */
  async endTurn({ wantsAnswer = true } = {}): Promise<void> {
    this.#ending?.settle()
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, commitLimitMs)
      this.#ending = {
        wantsAnswer,
        settle: () => {
          clearTimeout(limit)
          resolve()
        },
      }
      if (!this.#send({ type: 'input_audio_buffer.commit' })) this.#ending.settle()
    })
  }

  /** Every event of the call: some ask for a word from this side. */
  receive(event: ServerEvent): void {
    if (event.kind === 'session') this.#join(event.turnDetection)
    else if (event.kind === 'item') this.#untaken.delete(event.item.itemId)
    else if (event.kind === 'committed') this.#settleTurn(true)
    else if (event.kind === 'error' && event.code === emptyCommitError) this.#settleTurn(false)
    else if (event.kind === 'function-call') this.#answerTool(event)
  }

  #join(detection: TurnDetection | null): void {
    if (this.#isJoined) return
    this.#isJoined = true
    this.#usualDetection = detection
    if (this.#isByHand) this.#detect(null)
  }

  /** An answer is asked for only where something was said: else the partner would speak to nobody. */
  #settleTurn(hasSpeech: boolean): void {
    const ending = this.#ending
    this.#ending = null
    ending?.settle()
    if (ending?.wantsAnswer && hasSpeech) this.#send({ type: 'response.create' })
  }

  #detect(detection: Record<string, unknown> | null): boolean {
    const session = { type: 'realtime', audio: { input: { turn_detection: detection } } }
    return this.#send({ type: 'session.update', session })
  }

  /** A model that called a tool goes on only once it has the result. */
  #answerTool(event: Extract<ServerEvent, { kind: 'function-call' }>): void {
    if (event.callId === '' || this.#answered.has(event.callId)) return
    this.#answered.add(event.callId)
    const output = event.name === offerRepliesTool ? '{"shown":true}' : '{"error":"There is no such tool here."}'
    this.#send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: event.callId, output },
    })
  }
}

function toTypedItem(id: string, text: string): ClientEvent {
  const item = { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
  return { type: 'conversation.item.create', item }
}
