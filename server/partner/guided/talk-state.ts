/** Where a guided conversation stands, and what can happen to it next. */
import type { SlotValues } from '../slots/slot-text.ts'
import type { SmallTalk } from './small-talk.ts'

/** A typical error that was heard, filled with what was said, and the topic's note on it. */
export interface HeardError {
  text: string
  note: string
}

export interface TalkState {
  /** The turn whose question is open; null: before the first, or after the last. */
  turnId: string | null
  isOver: boolean
  /** Times in a row that the learner was not understood. */
  missed: number
  /** Times at this question that the learner did not understand the partner. */
  confused: number
  /** Times in a row that the partner spoke into a silence. */
  prompted: number
  /** Answers in the learner's own words so far. */
  ownAnswers: number
  /** What was said for each open slot. */
  values: SlotValues
  /** Clauses that complete "Today you told me that", in order. */
  recaps: readonly string[]
  errors: readonly HeardError[]
  /** What the partner says when asked to say it again. */
  lastLine: string
  /** Factor on the speaking rate; the learner can lower it. */
  speed: number
}

export const NEW_TALK: TalkState = {
  turnId: null,
  isOver: false,
  missed: 0,
  confused: 0,
  prompted: 0,
  ownAnswers: 0,
  values: {},
  recaps: [],
  errors: [],
  lastLine: '',
  speed: 1,
}

/** One of a turn's replies as it was said: which, with which error if any, and what filled its slots. */
export interface ChosenReply {
  index: number
  /** The variant's index; null: the reply itself. */
  variant: number | null
  values: SlotValues
}

export type LearnerInput =
  | ({ kind: 'chosen' } & ChosenReply)
  | { kind: 'own-words' }
  | { kind: 'small-talk'; talk: SmallTalk }
  | { kind: 'not-understood' }
  /** The client asked for a response and the learner said nothing. */
  | { kind: 'nothing' }
  /** The learner has been silent for long. */
  | { kind: 'silence' }

export interface PartnerTurn {
  /** Empty: there is nothing to say. */
  text: string
  state: TalkState
}
