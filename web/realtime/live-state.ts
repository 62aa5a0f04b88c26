/** What a page can show of a live session, and the small store that tells it of changes. */
import type { Segment } from '../../server/domain/transcript.ts'
import { notSaving, type SaveProgress } from './keep-saving.ts'
import { quietTurn, type TurnState } from './turn-state.ts'

export type LivePhase = 'connecting' | 'live' | 'reconnecting' | 'saving' | 'saved'

/** Things that go wrong without ending the session; the page has a sentence for each. */
export type LiveProblem = 'microphone-lost' | 'microphone-silent' | 'no-recording' | 'storage-full' | 'signed-out'

/** Why a conversation ended, where it was not the learner who ended it. */
export type EndCause = 'time-up' | 'closed-by-server' | 'refused'

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
  /** While reconnecting: when the next attempt is due, on the page's clock; null while one is under way. */
  reconnectAtMs: number | null
  /** On the page's clock (`performance.now()`). */
  startedAtMs: number
  endsAtMs: number
  /** Null where the learner ended it, or it goes on. */
  endCause: EndCause | null
  save: SaveProgress
}

/** Whether the microphone lets the learner's voice in. */
export function isMicrophoneOpen({ isPushToTalk, isTalking, isMuted }: LiveState): boolean {
  return isPushToTalk ? isTalking : !isMuted
}

/** Whether what the learner says now is recorded, be there a call or not. */
export function isVoiceRecorded(state: LiveState): boolean {
  const { problems } = state
  return isMicrophoneOpen(state) && !problems.includes('microphone-lost') && !problems.includes('no-recording')
}

/** Whether the learner is expected to speak now. */
export function isVoiceDue(state: LiveState): boolean {
  const { phase, turn, isHolding, isPushToTalk } = state
  if (phase !== 'live' || turn.isPartnerSpeaking || turn.isPartnerThinking) return false
  return isMicrophoneOpen(state) && (isPushToTalk || !isHolding)
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
      reconnectAtMs: null,
      startedAtMs,
      endsAtMs,
      endCause: null,
      save: notSaving,
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
    const problems = this.#state.problems.filter((other) => other !== problem)
    if (problems.length < this.#state.problems.length) this.set({ problems })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
