import type { PartnerTier } from '../../gql/documents.ts'

/** What the partner understands on this installation, told before the first word. */
export const tierText: Record<PartnerTier, string> = {
  FREE_CONVERSATION: 'Free conversation: say whatever you like, the partner understands it.',
  LOCAL_RECOGNITION: 'Your words are recognised on this server: speak freely, a little slower than usual.',
  GUIDED:
    'Guided conversation: the partner asks aloud and shows you a few replies. Say one of them, tap it, or type your own.',
}
