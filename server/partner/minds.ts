/** Which mind a session gets, and what it can therefore understand. */
import { GuidedMind, prepareOpening, type MindParts } from './guided/guided-mind.ts'
import type { PartnerMind } from './protocol/partner-mind.ts'
import type { SessionConfig } from './session/session-config.ts'

/**
 * What the partner understands in this session: 2 free speech, by a model that is installed here; 3 the reply cards;
 * 4 nothing, it only keeps time; 5 what is typed, for there is no microphone.
 */
export type Tier = 2 | 3 | 4 | 5

export interface Minds {
  open(config: SessionConfig, hasMicrophone: boolean): { mind: PartnerMind; tier: Tier }
  /** Makes the opening of a session's conversation ahead of the call. */
  prepareOpening(config: SessionConfig): void
}

export function createMinds(parts: MindParts): Minds {
  return {
    open: (config, hasMicrophone) => ({ mind: new GuidedMind(parts, config), tier: hasMicrophone ? 3 : 5 }),
    prepareOpening: (config) => prepareOpening(parts, config),
  }
}
