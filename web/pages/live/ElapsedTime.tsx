import { toClock } from '../../components/format.ts'
import { useNow } from '../../hooks/use-now.ts'

const warnSeconds = 60

/** How long it has been, against how long it may be. */
export function ElapsedTime({ startedAtMs, endsAtMs }: { startedAtMs: number; endsAtMs: number }) {
  const now = useNow(500)
  const elapsed = (now - startedAtMs) / 1_000
  const limit = (endsAtMs - startedAtMs) / 1_000
  const isNearEnd = limit - elapsed <= warnSeconds
  return (
    <p class={`live__time numeric ${isNearEnd ? 'live__time--near' : ''}`}>
      <span class="hidden-visually">Elapsed </span>
      <span role="timer">{toClock(Math.min(elapsed, limit))}</span>
      <span class="faint"> / {toClock(limit)}</span>
      {isNearEnd && (
        <span class="hidden-visually" role="status">
          Less than a minute left
        </span>
      )}
    </p>
  )
}
