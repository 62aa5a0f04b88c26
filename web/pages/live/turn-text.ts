import { isVoiceRecorded, type LiveState } from '../../realtime/live-state.ts'

export interface TurnText {
  title: string
  hint: string
}

/** Whose turn it is, in words: the same for the eye and for the ear. */
export function toTurnText(state: LiveState): TurnText {
  const { phase, turn, isHolding, isTalking, isPushToTalk, isMuted, segments } = state
  if (phase === 'connecting') return { title: 'Connecting…', hint: 'Your partner speaks first.' }
  if (phase === 'reconnecting') return { title: 'Connecting again…', hint: whileReconnecting(state) }
  if (isTalking) return { title: 'We hear you', hint: 'Let go when you have finished.' }
  if (isHolding) return { title: 'Take your time', hint: 'Your partner waits until you go on.' }
  if (turn.isPartnerSpeaking) return { title: 'Your partner is speaking', hint: 'Listen.' }
  if (turn.isLearnerSpeaking) return { title: 'We hear you', hint: 'Go on, there is no hurry.' }
  if (turn.isPartnerThinking) return { title: 'Your partner is thinking', hint: 'One moment.' }
  if (turn.isTalkOver)
    return { title: 'The talk is over', hint: 'Press End: it is saved, and your feedback comes next.' }
  if (isMuted && !isPushToTalk) return { title: 'You are muted', hint: 'Unmute to answer aloud.' }
  if (segments.length === 0) return { title: 'Your partner is about to begin', hint: 'Listen.' }
  return { title: 'Your turn', hint: toInvitation(state) }
}

function whileReconnecting(state: LiveState): string {
  if (isVoiceRecorded(state)) return 'You are still recorded.'
  return state.isPushToTalk ? 'Wait before you speak.' : 'What you said is kept.'
}

function toInvitation({ turn, isPushToTalk }: LiveState): string {
  if (turn.wasMissed) return 'I did not catch that. Try again, tap, or type.'
  if (isPushToTalk) return 'Hold the button and speak.'
  if (turn.tier === 4) return 'Answer in your own words.'
  return turn.cards.length > 0 ? 'Say a reply aloud, or tap one.' : 'Answer aloud when you are ready.'
}
