/** Push-to-talk: the microphone is open only while the learner holds the turn, and a turn is over when they let it go. */
import type { LiveStore } from './live-state.ts'
import type { TalkSpan } from '../../server/domain/realtime-events/transcript-buffer.ts'
import type { TurnControl } from './turn-control.ts'

/** Sound is on its way a little longer than the word that ends it: two jitter buffers and the last frames. */
const tailMs = 250

export interface PushToTalkOptions {
  store: LiveStore
  control: TurnControl
  setMicrophoneOpen: (isOpen: boolean) => void
  /** When the turn was held, told before the turn is ended. */
  onTalked: (span: TalkSpan) => void
}

export class PushToTalk {
  readonly #options: PushToTalkOptions
  #startMs = 0
  #tail: ReturnType<typeof setTimeout> | null = null

  constructor(options: PushToTalkOptions) {
    this.#options = options
  }

  /** Turns the mode on or off; a turn that is being held ends. */
  set(isPushToTalk: boolean): void {
    const { store, control } = this.#options
    if (store.get().isPushToTalk === isPushToTalk) return
    void this.finish({ wantsAnswer: true })
    if (store.get().isHolding && control.setHolding(false, store.get().turn)) store.set({ isHolding: false })
    control.setByHand(isPushToTalk, store.get().turn)
    store.set({ isPushToTalk })
    this.#letIn(false)
  }

  /** False where there is nobody to talk to now. */
  press(): boolean {
    const { store, control } = this.#options
    const { phase, isPushToTalk, isTalking, turn } = store.get()
    if (!isPushToTalk || isTalking || phase !== 'live') return false
    // Pressed again before the tail was over: it is still the same turn.
    if (this.#tail !== null) this.#forgetTail()
    else {
      if (!control.beginTurn(turn)) return false
      this.#startMs = performance.now()
    }
    store.set({ isTalking: true, turn: { ...store.get().turn, wasMissed: false } })
    this.#letIn(true)
    return true
  }

  release(): void {
    const { store } = this.#options
    if (!store.get().isTalking) return
    store.set({ isTalking: false })
    this.#tail = setTimeout(() => void this.#end(true), tailMs)
  }

  /** Ends a turn that is held or about to end, without waiting for its tail. */
  async finish({ wantsAnswer = false } = {}): Promise<void> {
    const { store } = this.#options
    if (!store.get().isTalking && this.#tail === null) return
    store.set({ isTalking: false })
    await this.#end(wantsAnswer)
  }

  /** The call is gone, and the turn with it. */
  drop(): void {
    this.#forgetTail()
    this.#options.store.set({ isTalking: false })
    this.#letIn(false)
  }

  async #end(wantsAnswer: boolean): Promise<void> {
    this.#forgetTail()
    this.#letIn(false)
    this.#options.onTalked({ startMs: this.#startMs, endMs: performance.now() })
    await this.#options.control.endTurn({ wantsAnswer })
  }

  #forgetTail(): void {
    if (this.#tail !== null) clearTimeout(this.#tail)
    this.#tail = null
  }

  /** Hands-free the microphone is open unless muted; here only while it is held. */
  #letIn(isHeld: boolean): void {
    const { isMuted, isPushToTalk } = this.#options.store.get()
    this.#options.setMicrophoneOpen(isPushToTalk ? isHeld : !isMuted)
  }
}
