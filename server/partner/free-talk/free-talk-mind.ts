/** Free talk as a mind: it asks and keeps time, and understands nothing that is said; what is typed or tapped it can read. */
import { mannerOf, topicOf } from '../briefed-talk.ts'
import { findMeaning } from '../guided/find-meaning.ts'
import { findSmallTalk } from '../guided/small-talk.ts'
import type { Cue, HeardWords, MindReply, PartnerMind } from '../protocol/partner-mind.ts'
import type { SessionConfig } from '../session/session-config.ts'
import { CEFR_LEVELS, type Topic } from '../topic.ts'
import { toSentences } from '../voice/sentences.ts'
import type { Manner, Voice, VoiceName } from '../voice/voice.ts'
import { NEW_FREE_TALK, nextFreeTurn, resumeFreeTalk, type FreeTalkInput, type FreeTalkState } from './free-talk.ts'

export interface FreeTalkParts {
  topics: ReadonlyMap<string, Topic>
  voice: Voice
}

export class FreeTalkMind implements PartnerMind {
  readonly #parts: FreeTalkParts
  #topic: Topic
  #state: FreeTalkState = NEW_FREE_TALK
  #voice: VoiceName = 'slt'
  /** The speed that the session asked for last; what the learner asked for counts until it changes. */
  #askedSpeed: number | null = null

  constructor(parts: FreeTalkParts, config: SessionConfig) {
    this.#parts = parts
    this.#topic = topicOf(parts.topics, config)
    this.configure(config)
  }

  configure(config: SessionConfig) {
    if (this.#state.asked === 0) this.#topic = topicOf(this.#parts.topics, config)
    const { voice, speed } = mannerOf(config)
    this.#voice = voice
    if (speed !== this.#askedSpeed) this.#state = { ...this.#state, speed }
    this.#askedSpeed = speed
    this.#prepare()
  }

  /** No words: the item's transcript stays empty, and what was said is for the learner to tell. */
  hear(): Promise<HeardWords> {
    return Promise.resolve({ text: '', by: 'matched' })
  }

  reply(cue: Cue): MindReply {
    if (cue.kind === 'tool-output') return { text: '', toolCall: null, undo: () => {} }
    const before = this.#state
    const { text, state } = nextFreeTurn(this.#topic, before, this.#toInput(cue))
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
    if (lines.some((line) => line.role === 'assistant'))
      this.#state = resumeFreeTalk(this.#topic, lines, this.#state.speed)
  }

  say(sentence: string): Promise<Int16Array> {
    return this.#parts.voice.say(sentence, this.#manner)
  }

  get #manner(): Manner {
    return { voice: this.#voice, speed: this.#state.speed }
  }

  /** Typed words can be read: a wish is granted, and anything else is an answer. */
  #toInput(cue: Exclude<Cue, { kind: 'tool-output' }>): FreeTalkInput {
    if (cue.kind === 'idle') return { kind: 'silence' }
    if (cue.kind === 'asked') return { kind: 'asked' }
    const wish = cue.heard.kind === 'typed' ? findSmallTalk(cue.heard.text) : null
    switch (wish?.kind) {
      case 'slower':
      case 'confused':
      case 'stop':
        return { kind: wish.kind }
      case 'meaning':
        return { kind: 'word', word: wish.word, meaning: findMeaning(wish.word, this.#listGlossary()) }
      case 'repeat':
        return { kind: 'asked' }
      case 'moment':
        return { kind: 'silence' }
      default:
        return { kind: 'answer' }
    }
  }

  /** The talk's own explanations first, where the word means what the partner meant; then those of the easiest topics. */
  #listGlossary(): Topic['glossary'] {
    const others = [...this.#parts.topics.values()].toSorted(
      (one, other) => CEFR_LEVELS.indexOf(one.level) - CEFR_LEVELS.indexOf(other.level),
    )
    return [this.#topic, ...others].flatMap((topic) => topic.glossary)
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
  voice.prepare(toSentences(nextFreeTurn(topic, state, { kind: 'answer' }).text), manner)
}
