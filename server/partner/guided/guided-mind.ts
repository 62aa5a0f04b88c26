/** Guided conversation as a mind: the policy of `conversation.ts`, with a voice and a recogniser of closed choices. */
import { mannerOf, topicOf } from '../briefed-talk.ts'
import type { Cue, HeardWords, MindReply, PartnerMind } from '../protocol/partner-mind.ts'
import type { Recogniser } from '../recognition/recogniser.ts'
import type { SessionConfig } from '../session/session-config.ts'
import type { Topic } from '../topic.ts'
import { toSentences } from '../voice/sentences.ts'
import type { Manner, Voice, VoiceName } from '../voice/voice.ts'
import { findOpenTurn, nextTurn, possibleTexts } from './conversation.ts'
import { toCards } from './reply-cards.ts'
import { resumeTalk } from './resume-talk.ts'
import { listenFor } from './spoken-choices.ts'
import { NEW_TALK, type LearnerInput, type TalkState } from './talk-state.ts'
import { understand } from './understand.ts'

/** The tool by which cards travel: offered only where the session declares it. */
export const CARD_TOOL = 'offer_replies'

export interface MindParts {
  topics: ReadonlyMap<string, Topic>
  voice: Voice
  recogniser: Recogniser
}

export class GuidedMind implements PartnerMind {
  readonly #parts: MindParts
  #topic: Topic
  #state: TalkState = NEW_TALK
  #voice: VoiceName = 'slt'
  /** The speed that the session asked for last; what the learner asked for counts until it changes. */
  #askedSpeed: number | null = null
  #hasBegun = false
  #offersCards = false

  constructor(parts: MindParts, config: SessionConfig) {
    this.#parts = parts
    this.#topic = topicOf(parts.topics, config)
    this.configure(config)
  }

  configure(config: SessionConfig) {
    if (!this.#hasBegun) this.#topic = topicOf(this.#parts.topics, config)
    const { voice, speed } = mannerOf(config)
    this.#voice = voice
    if (speed !== this.#askedSpeed) this.#state = { ...this.#state, speed }
    this.#askedSpeed = speed
    this.#offersCards = config.tools.some((tool) => tool.type === 'function' && tool.name === CARD_TOOL)
    this.#prepare(possibleTexts(this.#topic, this.#state))
  }

  async hear(utterance: Int16Array): Promise<HeardWords> {
    const turn = findOpenTurn(this.#topic, this.#state)
    if (!turn) return { text: '', by: 'matched' }
    const { choices, lists } = listenFor(this.#topic, this.#state, turn)
    const wordings = choices.map(({ wording, kind }) => ({ wording, kind }))
    const recognition = await this.#parts.recogniser.recognise(utterance, wordings, lists)
    const text = (recognition && choices[recognition.choice]?.toText(recognition)) ?? ''
    // The learner's pause is not over yet: the answer is made meanwhile.
    this.#prepare([nextTurn(this.#topic, this.#state, this.#toInput(text)).text])
    return { text, by: 'matched' }
  }

  reply(cue: Cue): MindReply {
    // What a client answers to the cards is no turn of the learner's.
    if (cue.kind === 'tool-output') return { text: '', toolCall: null, undo: () => {} }
    const before = this.#state
    const turn = nextTurn(this.#topic, before, this.#inputOf(cue))
    this.#state = turn.state
    this.#hasBegun = true
    this.#prepare(possibleTexts(this.#topic, turn.state))
    return {
      text: turn.text,
      toolCall: turn.text === '' ? null : this.#offerCards(),
      undo: () => {
        if (this.#state === turn.state) this.#state = before
      },
    }
  }

  resume(lines: readonly { role: 'user' | 'assistant'; text: string }[]) {
    if (!lines.some((line) => line.role === 'assistant')) return
    this.#hasBegun = true
    this.#state = resumeTalk(this.#topic, lines, this.#state.speed)
  }

  say(sentence: string): Promise<Int16Array> {
    return this.#parts.voice.say(sentence, this.#manner)
  }

  get #manner(): Manner {
    return { voice: this.#voice, speed: this.#state.speed }
  }

  #inputOf(cue: Exclude<Cue, { kind: 'tool-output' }>): LearnerInput {
    if (cue.kind === 'heard') return this.#toInput(cue.heard.text)
    return { kind: cue.kind === 'idle' ? 'silence' : 'nothing' }
  }

  /** Words are understood alike, however they came: matched, recognised or typed. */
  #toInput(text: string): LearnerInput {
    const turn = findOpenTurn(this.#topic, this.#state)
    return turn ? understand(text, turn) : { kind: 'nothing' }
  }

  #offerCards(): MindReply['toolCall'] {
    const turn = findOpenTurn(this.#topic, this.#state)
    if (!this.#offersCards || (!turn && !this.#state.isOver)) return null
    const offer = turn ? { replies: toCards(turn) } : { replies: [], is_over: true }
    return { name: CARD_TOOL, arguments: JSON.stringify(offer) }
  }

  #prepare(texts: readonly string[]) {
    prepareTexts(this.#parts.voice, texts, this.#manner)
  }
}

/** Makes the opening of a session's conversation ahead of the call. */
export function prepareOpening(parts: Pick<MindParts, 'topics' | 'voice'>, config: SessionConfig) {
  prepareTexts(parts.voice, possibleTexts(topicOf(parts.topics, config), NEW_TALK), mannerOf(config))
}

function prepareTexts(voice: Voice, texts: readonly string[], manner: Manner) {
  voice.prepare([...new Set(texts.flatMap(toSentences))], manner)
}
