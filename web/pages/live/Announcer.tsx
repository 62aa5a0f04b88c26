import type { LiveState } from '../../realtime/live-state.ts'
import { toTurnText } from './turn-text.ts'

/** For screen readers: whose turn it is, and each caption once it is complete. Half words are not read out. */
export function Announcer({ state }: { state: LiveState }) {
  const lastFinal = state.segments.findLast((segment) => segment.final)
  const { title, hint } = toTurnText(state)
  return (
    <>
      <p class="hidden-visually" role="status" aria-live="polite">
        {title}
      </p>
      <p class="hidden-visually" role="status" aria-live="polite">
        {state.turn.wasMissed && hint}
      </p>
      <p class="hidden-visually" aria-live="polite">
        {lastFinal && `${lastFinal.speaker === 'LEARNER' ? 'You' : 'Partner'}: ${lastFinal.text}`}
      </p>
    </>
  )
}
