/** Which mind a session gets, and what it can therefore understand. */
import { FreeTalkMind, prepareFreeOpening } from './free-talk/free-talk-mind.ts'
import { GuidedMind, prepareOpening, type MindParts } from './guided/guided-mind.ts'
import type { PartnerMind } from './protocol/partner-mind.ts'
import { parseBriefing } from './session/instructions.ts'
import type { SessionConfig } from './session/session-config.ts'
import { RecognisingMind } from './speech-model/recognising-mind.ts'
import type { SpeechModel } from './speech-model/speech-model.ts'

/**
 * What the partner understands in this session: 2 free speech, by a model that is installed here; 3 the reply cards;
 * 4 nothing, it only keeps time; 5 what is typed, for there is no microphone.
 */
export type Tier = 2 | 3 | 4 | 5

export interface Minds {
  /** What a session gets whose learner has a microphone and makes no choice. */
  readonly tier: Tier
  open(config: SessionConfig, hasMicrophone: boolean): { mind: PartnerMind; tier: Tier }
  /** Makes the opening of a session's conversation ahead of the call. */
  prepareOpening(config: SessionConfig): void
}

/** `model` null: none is installed. */
export function createMinds(parts: MindParts, model: SpeechModel | null): Minds {
  const tierOf = (config: SessionConfig | null, hasMicrophone: boolean): Tier => {
    if (!hasMicrophone) return 5
    if (model?.isReady) return 2
    return config && parseBriefing(config.instructions).isFreeTalk ? 4 : 3
  }
  return {
    get tier() {
      return tierOf(null, true)
    },
    open(config, hasMicrophone) {
      const tier = tierOf(config, hasMicrophone)
      if (tier === 4) return { mind: new FreeTalkMind(parts, config), tier }
      const guided = new GuidedMind(parts, config)
      return { mind: tier === 2 && model ? new RecognisingMind(guided, model) : guided, tier }
    },
    prepareOpening(config) {
      if (tierOf(config, true) === 4) prepareFreeOpening(parts, config)
      else prepareOpening(parts, config)
    },
  }
}
