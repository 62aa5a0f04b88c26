import { useEffect, useRef } from 'preact/hooks'
import type { LiveSession } from '../../realtime/live-session.ts'
import type { LiveState } from '../../realtime/live-state.ts'
import { toTurnText } from './turn-text.ts'

const strokes = 5

/** A voice that moves with whoever is speaking, and the words for it. */
export function TurnSign({ session, state }: { session: LiveSession; state: LiveState }) {
  const sign = useRef<HTMLDivElement>(null)
  const speaker = speakerOf(state)
  useEffect(() => {
    let frame = 0
    // Written past the renderer: sixty times a second is not a matter of state.
    const draw = (): void => {
      const { learner, partner } = session.sound.readLevels()
      sign.current?.style.setProperty(
        '--level',
        String(speaker === 'partner' ? partner : speaker === 'learner' ? learner : 0),
      )
      frame = requestAnimationFrame(draw)
    }
    if (speaker !== 'none' && !matchMedia('(prefers-reduced-motion: reduce)').matches) draw()
    else sign.current?.style.setProperty('--level', speaker === 'none' ? '0' : '0.5')
    return () => cancelAnimationFrame(frame)
  }, [session, speaker])
  const { title, hint } = toTurnText(state)
  return (
    <div class="turn" data-speaker={speaker}>
      <div class="turn__voice" ref={sign} aria-hidden="true">
        {Array.from({ length: strokes }, (_, index) => (
          <span key={index} class="turn__stroke" />
        ))}
      </div>
      <p class="turn__title">{title}</p>
      <p class="turn__hint" data-missed={state.turn.wasMissed && title === 'Your turn'}>
        {hint}
      </p>
    </div>
  )
}

function speakerOf({ turn, isTalking }: LiveState): 'partner' | 'learner' | 'none' {
  if (isTalking) return 'learner'
  return turn.isPartnerSpeaking ? 'partner' : turn.isLearnerSpeaking ? 'learner' : 'none'
}
