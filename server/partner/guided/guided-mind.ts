/** Guided conversation as a mind: the policy of `conversation.ts`, with a voice and a recogniser of closed choices. */
import {
  NEW_TALK,
  nextTurn,
  openCards,
  possibleTexts,
  resumeTalk,
  type LearnerInput,
  type TalkState,
} from './conversation.ts'
import type { Cue, HeardWords, MindReply, PartnerMind } from '../protocol/partner-mind.ts'
import type { Recogniser } from '../recognition/recogniser.ts'
import { parseBriefing } from '../session/instructions.ts'
import type { SessionConfig } from '../session/session-config.ts'
import type { Topic } from '../topic.ts'
import { toSentences } from '../voice/sentences.ts'
import type { Manner, Voice } from '../voice/voice.ts'

/** The tool by which cards travel: offered only where the session declares it. */
export const CARD_TOOL = 'offer_replies'
/** The topic of a session that names none, or one that is not here. */
export const GENERAL_TOPIC = 'general-talk'

export interface MindParts {
  topics: ReadonlyMap<string, Topic>
  voice: Voice
  recogniser: Recogniser
}

/** The API's voices that are heard as men's; all others get the woman's voice. */
const LOW_VOICES = new Set(['ash', 'ballad', 'cedar', 'echo', 'verse'])

export class GuidedMind implements PartnerMind {
  readonly #parts: MindParts
  #topic: Topic
  #state: TalkState = NEW_TALK
  #manner: Manner = { voice: 'slt', speed: 1 }
  #offersCards = false

  constructor(parts: MindParts, config: SessionConfig) {
    this.#parts = parts
    this.#topic = topicOf(parts.topics, config)
    this.configure(config)
  }

  configure(config: SessionConfig) {
    if (this.#state === NEW_TALK) this.#topic = topicOf(this.#parts.topics, config)
    this.#manner = mannerOf(config)
    this.#offersCards = config.tools.some((tool) => tool.type === 'function' && tool.name === CARD_TOOL)
    this.#prepare()
  }

  async hear(utterance: Int16Array): Promise<HeardWords> {
    const cards = openCards(this.#topic, this.#state)
    const choice = await this.#parts.recogniser.choose(
      utterance,
      cards.map((card) => card.text),
    )
    return { text: choice === null ? '' : (cards[choice]?.text ?? ''), by: 'matched' }
  }

  reply(cue: Cue): MindReply {
    const before = this.#state
    const turn = nextTurn(this.#topic, before, this.#toInput(cue))
    this.#state = turn.state
    this.#prepare()
    const replies = turn.cards.map(({ id, text }) => ({ id, text }))
    return {
      text: turn.text,
      toolCall:
        this.#offersCards && replies.length > 0 ? { name: CARD_TOOL, arguments: JSON.stringify({ replies }) } : null,
      undo: () => {
        if (this.#state === turn.state) this.#state = before
      },
    }
  }

  resume(lines: readonly { role: 'user' | 'assistant'; text: string }[]) {
    if (lines.some((line) => line.role === 'assistant')) this.#state = resumeTalk(this.#topic, lines)
  }

  say(sentence: string): Promise<Int16Array> {
    return this.#parts.voice.say(sentence, this.#manner)
  }

  #toInput(cue: Cue): LearnerInput {
    if (cue.kind !== 'heard') return { kind: 'nothing' }
    const { heard } = cue
    if (heard.kind === 'typed') return { kind: 'typed', text: heard.text }
    const index = openCards(this.#topic, this.#state).findIndex((card) => card.text === heard.text)
    return index === -1 ? { kind: 'not-understood' } : { kind: 'chosen', index }
  }

  #prepare() {
    prepareTexts(this.#parts.voice, possibleTexts(this.#topic, this.#state), this.#manner)
  }
}

/** Makes the opening of a session's conversation ahead of the call. */
export function prepareOpening(parts: Pick<MindParts, 'topics' | 'voice'>, config: SessionConfig) {
  prepareTexts(parts.voice, possibleTexts(topicOf(parts.topics, config), NEW_TALK), mannerOf(config))
}

function prepareTexts(voice: Voice, texts: readonly string[], manner: Manner) {
  voice.prepare([...new Set(texts.flatMap(toSentences))], manner)
}

function topicOf(topics: ReadonlyMap<string, Topic>, config: SessionConfig): Topic {
  const topic = topics.get(parseBriefing(config.instructions).topicKey ?? '') ?? topics.get(GENERAL_TOPIC)
  if (!topic) throw new Error(`The topic ${GENERAL_TOPIC} is missing`)
  return topic
}

function mannerOf(config: SessionConfig): Manner {
  const { voice, speed } = config.audio.output
  return { voice: typeof voice === 'string' && LOW_VOICES.has(voice) ? 'rms' : 'slt', speed }
}
