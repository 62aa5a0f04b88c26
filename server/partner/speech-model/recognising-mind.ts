/** A guided talk that hears free speech: the words come from the speech model, and the mind takes them as its learner's own. */
import type { Cue, HeardWords, MindReply, PartnerMind } from '../protocol/partner-mind.ts'
import type { SessionConfig } from '../session/session-config.ts'
import type { SpeechModel } from './speech-model.ts'

export class RecognisingMind implements PartnerMind {
  readonly #mind: PartnerMind
  readonly #model: Pick<SpeechModel, 'recognise'>

  constructor(mind: PartnerMind, model: Pick<SpeechModel, 'recognise'>) {
    this.#mind = mind
    this.#model = model
  }

  configure(config: SessionConfig) {
    this.#mind.configure(config)
  }

  /** Should the model die on the way, the cards are still understood. */
  async hear(utterance: Int16Array): Promise<HeardWords> {
    const text = await this.#model.recognise(utterance)
    return text === null ? this.#mind.hear(utterance) : { text, by: 'recognised' }
  }

  reply(cue: Cue): MindReply {
    return this.#mind.reply(cue)
  }

  resume(lines: readonly { role: 'user' | 'assistant'; text: string }[]) {
    this.#mind.resume(lines)
  }

  say(sentence: string): Promise<Int16Array> {
    return this.#mind.say(sentence)
  }
}
