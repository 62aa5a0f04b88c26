/** Free talk as a mind: it asks and keeps time, and understands nothing that is said. */
import { mannerOf, topicOf } from '../briefed-talk.ts'
import { findSmallTalk } from '../guided/small-talk.ts'
import type { Cue, HeardWords, MindReply, PartnerMind } from '../protocol/partner-mind.ts'
import type { SessionConfig } from '../session/session-config.ts'
import type { Topic } from '../topic.ts'
import { toSentences } from '../voice/sentences.ts'
import type { Manner, Voice } from '../voice/voice.ts'
import { NEW_FREE_TALK, nextFreeTurn, resumeFreeTalk, type FreeTalkInput, type FreeTalkState } from './free-talk.ts'

export interface FreeTalkParts {
  topics: ReadonlyMap<string, Topic>
  voice: Voice
}

export class FreeTalkMind implements PartnerMind {
  readonly #parts: FreeTalkParts
  #topic: Topic
  #state: FreeTalkState = NEW_FREE_TALK
  #manner: Manner

  constructor(parts: FreeTalkParts, config: SessionConfig) {
    this.#parts = parts
    this.#topic = topicOf(parts.topics, config)
    this.#manner = mannerOf(config)
    this.#prepare()
  }

  configure(config: SessionConfig) {
    if (this.#state === NEW_FREE_TALK) this.#topic = topicOf(this.#parts.topics, config)
    this.#manner = mannerOf(config)
    this.#prepare()
  }

  /** No words: the item's transcript stays empty, and what was said is for the learner to tell. */
  hear(): Promise<HeardWords> {
    return Promise.resolve({ text: '', by: 'matched' })
  }

  reply(cue: Cue): MindReply {
    if (cue.kind === 'tool-output') return { text: '', toolCall: null, undo: () => {} }
    const before = this.#state
    const { text, state } = nextFreeTurn(this.#topic, before, toInput(cue))
    this.#state = state
    this.#prepare()
    return {
      text,
      toolCall: null,
      undo: () => {
        if (this.#state === state) this.#state = before
      },
    }
  }

  resume(lines: readonly { role: 'user' | 'assistant'; text: string }[]) {
    const said = lines.flatMap(({ role, text }) => (role === 'assistant' ? [text] : []))
    if (said.length > 0) this.#state = resumeFreeTalk(this.#topic, said)
  }

  say(sentence: string): Promise<Int16Array> {
    return this.#parts.voice.say(sentence, this.#manner)
  }

  #prepare() {
    prepareNext(this.#parts.voice, this.#topic, this.#state, this.#manner)
  }
}

/** Makes the opening of a session's talk ahead of the call. */
export function prepareFreeOpening({ topics, voice }: FreeTalkParts, config: SessionConfig) {
  prepareNext(voice, topicOf(topics, config), NEW_FREE_TALK, mannerOf(config))
}

function prepareNext(voice: Voice, topic: Topic, state: FreeTalkState, manner: Manner) {
  voice.prepare(toSentences(nextFreeTurn(topic, state, 'answer').text), manner)
}

function toInput(cue: Cue): FreeTalkInput {
  if (cue.kind === 'idle') return 'silence'
  if (cue.kind !== 'heard') return 'asked'
  // Typed words can be read: a wish is granted, and anything else is an answer.
  const wish = cue.heard.kind === 'typed' ? findSmallTalk(cue.heard.text) : null
  if (!wish || wish.kind === 'thanks' || wish.kind === 'about-you') return 'answer'
  if (wish.kind === 'stop') return 'stop'
  return wish.kind === 'moment' ? 'silence' : 'asked'
}
