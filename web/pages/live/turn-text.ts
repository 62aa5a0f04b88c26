import type { LiveState } from '../../realtime/live-state.ts'

export interface TurnText {
  title: string
  hint: string
}

/** Whose turn it is, in words: the same for the eye and for the ear. */
export function toTurnText({
  phase,
  turn,
  isMuted,
  isHolding,
  segments,
}: Pick<LiveState, 'phase' | 'turn' | 'isMuted' | 'isHolding' | 'segments'>): TurnText {
  if (phase === 'connecting') return { title: 'Connecting…', hint: 'Your partner speaks first.' }
  if (phase === 'lost') return { title: 'The call was cut off', hint: 'What was said is kept.' }
  if (isHolding) return { title: 'Take your time', hint: 'Your partner waits until you go on.' }
  if (turn.isPartnerSpeaking) return { title: 'Your partner is speaking', hint: 'Listen.' }
  if (turn.isLearnerSpeaking) return { title: 'We hear you', hint: 'Go on, there is no hurry.' }
  if (turn.isPartnerThinking) return { title: 'Your partner is thinking', hint: 'One moment.' }
  if (isMuted) return { title: 'You are muted', hint: 'Unmute to answer aloud.' }
  if (segments.length === 0) return { title: 'Your partner is about to begin', hint: 'Listen.' }
  return {
    title: 'Your turn',
    hint: turn.cards.length > 0 ? 'Say one of the replies aloud, or your own.' : 'Answer aloud when you are ready.',
  }
}
