/** What a page can show of a live session, and the small store that tells it of changes. */
import type { Segment } from '../../server/domain/transcript.ts'
import type { SaveStep } from './save-session.ts'
import { quietTurn, type TurnState } from './turn-state.ts'

export type LivePhase = 'connecting' | 'live' | 'lost' | 'saving' | 'saved' | 'save-failed'

/** Things that go wrong without ending the session; the page has a sentence for each. */
export type LiveProblem = 'microphone-lost' | 'no-recording' | 'storage-full' | 'connect-failed'

export interface LiveState {
  phase: LivePhase
  /** The whole transcript as this browser knows it, in order. */
  segments: readonly Segment[]
  turn: TurnState
  isMuted: boolean
  /** The learner asked for time to think: the partner waits until it is released. */
  isHolding: boolean
  /** Turns begin and end by the learner's hand. */
  isPushToTalk: boolean
  /** The learner holds the turn by hand now. */
  isTalking: boolean
  /** Nothing has come through for a while, though the call is not over. */
  isUnsteady: boolean
  problems: readonly LiveProblem[]
  /** On the page's clock (`performance.now()`). */
  startedAtMs: number
  endsAtMs: number
  saveStep: SaveStep | null
  /** Why saving stopped. */
  saveFailure: string | null
}

export class LiveStore {
  #state: LiveState
  readonly #listeners = new Set<() => void>()

  constructor(startedAtMs: number, endsAtMs: number) {
    this.#state = {
      phase: 'connecting',
      segments: [],
      turn: quietTurn,
      isMuted: false,
      isHolding: false,
      isPushToTalk: false,
      isTalking: false,
      isUnsteady: false,
      problems: [],
      startedAtMs,
      endsAtMs,
      saveStep: null,
      saveFailure: null,
    }
  }

  get = (): LiveState => this.#state

  set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  addProblem(problem: LiveProblem): void {
    if (!this.#state.problems.includes(problem)) this.set({ problems: [...this.#state.problems, problem] })
  }

  removeProblem(problem: LiveProblem): void {
    this.set({ problems: this.#state.problems.filter((other) => other !== problem) })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
