/** The seam between the protocol and whoever does the talking: guided conversation today, others later. */
import type { SessionConfig } from '../session/session-config.ts'

/** How words came to be: `matched` against the offered cards, or `recognised` freely by a speech model. */
export type HeardBy = 'matched' | 'recognised'

export interface HeardWords {
  /** Empty: speech that was not understood. */
  text: string
  by: HeardBy
}

export type Heard = ({ kind: 'spoken' } & HeardWords) | { kind: 'typed'; text: string }

/** Why the partner is to speak. */
export type Cue =
  | { kind: 'heard'; heard: Heard }
  /** The client asked for a response, and the learner said nothing since the last one. */
  | { kind: 'asked' }
  /** Only the results of tools came since the last response: there may be nothing to add. */
  | { kind: 'tool-output' }
  /** The learner has been silent for as long as the session's `idle_timeout_ms` allows. */
  | { kind: 'idle' }

export interface MindReply {
  /** Empty: nothing is said, the response has no message. */
  text: string
  /** A call of a tool that the session declares; null: none. `arguments` is JSON. */
  toolCall: { name: string; arguments: string } | null
  /** Forgets this turn: the learner went on speaking before hearing any of it. */
  undo(): void
}

export interface PartnerMind {
  /** Called at the start and after each change of the session's configuration. */
  configure(config: SessionConfig): void
  /** The words of an utterance (16 kHz). Never throws. */
  hear(utterance: Int16Array): Promise<HeardWords>
  reply(cue: Cue): MindReply
  /** Takes up a conversation that was held before. */
  resume(lines: readonly { role: 'user' | 'assistant'; text: string }[]): void
  /** Sound of a sentence at the playout rate. */
  say(sentence: string): Promise<Int16Array>
}
