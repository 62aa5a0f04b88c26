/**
 * How the partner is to take the learner's answers. GUIDED: it offers replies, and goes on from what it understood. FREE: the
 * learner speaks freely, with no replies offered; a partner that recognises nothing only keeps the talk going then.
 */
export const talkStyles = ['GUIDED', 'FREE'] as const
export type TalkStyle = (typeof talkStyles)[number]
