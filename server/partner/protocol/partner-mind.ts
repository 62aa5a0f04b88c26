/** The seam between the protocol and whoever does the talking: guided conversation today, others later. */
import type { SessionConfig } from '../session/session-config.ts'

export interface Heard {
  kind: 'spoken' | 'typed'
  /** Empty: speech that was not understood. */
  text: string
}

export interface MindReply {
  text: string
  /** A call of a tool that the session declares; null: none. `arguments` is JSON. */
  toolCall: { name: string; arguments: string } | null
  /** Forgets this turn: the learner went on speaking before hearing any of it. */
  undo(): void
}

export interface PartnerMind {
  /** Called at the start and after each change of the session's configuration. */
  configure(config: SessionConfig): void
  /** The words of an utterance (16 kHz); empty when they were not understood. Never throws. */
  hear(utterance: Int16Array): Promise<string>
  /** What to say now; `heard` is null when the learner said nothing since the last reply. */
  reply(heard: Heard | null): MindReply
  /** Takes up a conversation that was held before. */
  resume(lines: readonly { role: 'user' | 'assistant'; text: string }[]): void
  /** Sound of a sentence at the playout rate. */
  say(sentence: string): Promise<Int16Array>
}
