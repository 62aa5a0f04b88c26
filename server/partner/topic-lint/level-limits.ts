/** What a topic of each level may ask of a learner: long sentences, rare words, and how much it must offer. */
import type { CefrLevel } from '../topic.ts'

export interface LevelLimits {
  /** Longest sentence of the partner, in words. */
  partnerWords: number
  /** Longest sentence of a reply, in words. */
  replyWords: number
  /** The words a learner knows: this many of the most frequent forms of spoken English. */
  knownForms: number
  leastSlots: number
  leastVariants: number
}

export const LEVEL_LIMITS: Record<CefrLevel, LevelLimits> = {
  A1: { partnerWords: 10, replyWords: 9, knownForms: 1_500, leastSlots: 3, leastVariants: 6 },
  A2: { partnerWords: 13, replyWords: 12, knownForms: 2_500, leastSlots: 3, leastVariants: 6 },
  B1: { partnerWords: 18, replyWords: 16, knownForms: 4_500, leastSlots: 3, leastVariants: 6 },
  B2: { partnerWords: 24, replyWords: 20, knownForms: 8_000, leastSlots: 2, leastVariants: 4 },
  C1: { partnerWords: 30, replyWords: 26, knownForms: 15_000, leastSlots: 2, leastVariants: 4 },
  C2: { partnerWords: 34, replyWords: 30, knownForms: 30_000, leastSlots: 2, leastVariants: 4 },
}
