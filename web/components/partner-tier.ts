/** What the partner can understand, in words: told before the first word and while talking. None promises more than it holds. */
import type { PartnerTier as InstallationTier } from '../gql/documents.ts'
import type { PartnerTier } from '../../server/domain/realtime-events/server-event.ts'
import type { TalkStyle } from '../realtime/session-api.ts'

export type Understanding = InstallationTier | 'FREE_TALK' | 'TYPED_ONLY'

export interface UnderstandingInput {
  installation: InstallationTier
  talk: TalkStyle
  hasVoice: boolean
  /** By the running call; null before, and where it does not say. */
  told: PartnerTier | null
}

const toldTiers: Record<PartnerTier, Understanding> = {
  2: 'LOCAL_RECOGNITION',
  3: 'GUIDED',
  4: 'FREE_TALK',
  5: 'TYPED_ONLY',
}

/** The call knows best; before it, the installation and the learner's choice tell. */
export function toUnderstanding({ installation, talk, hasVoice, told }: UnderstandingInput): Understanding {
  if (!hasVoice) return 'TYPED_ONLY'
  if (told !== null) return toldTiers[told]
  return installation === 'GUIDED' && talk === 'FREE' ? 'FREE_TALK' : installation
}

/** Before the call: what to expect. */
export const beforeTalk: Record<Understanding, string> = {
  FREE_CONVERSATION: 'Free conversation: say whatever you like, the partner understands it.',
  LOCAL_RECOGNITION: 'Your words are recognised on this server: speak freely, a little slower than usual.',
  GUIDED: 'The partner asks aloud and shows replies that it understands. Say one, tap it, or type your own.',
  FREE_TALK:
    'The partner asks, you answer in your own words. It cannot understand you here: your talk is recorded and timed, and you can type afterwards what you said.',
  TYPED_ONLY: 'Without a microphone you type or tap your answers. The partner speaks.',
}

/** During the call, in one line of a phone. */
export const whileTalking: Record<Understanding, string> = {
  FREE_CONVERSATION: 'Free conversation: your partner understands you',
  LOCAL_RECOGNITION: 'Speak freely: this server recognises your words',
  GUIDED: 'Guided: your partner understands the reply cards',
  FREE_TALK: 'Free talk: recorded, not understood by the partner',
  TYPED_ONLY: 'Without a microphone: you type, your partner speaks',
}
