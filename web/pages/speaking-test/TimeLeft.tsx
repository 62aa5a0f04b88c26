import { toClock } from '../../components/format.ts'
import { useNow } from '../../hooks/use-now.ts'
import { toTimeAnnouncement } from './time-left.ts'

export interface TimeLeftProps {
  label: string
  /** On the page's clock. */
  endsAtMs: number
  totalSeconds: number
}

/** A clock that runs down, and a line that runs out with it. Read out at 30 and at 10 seconds only. */
export function TimeLeft({ label, endsAtMs, totalSeconds }: TimeLeftProps) {
  const leftSeconds = Math.max(0, (endsAtMs - useNow(200)) / 1_000)
  const share = Math.min(1, leftSeconds / totalSeconds)
  return (
    <div class="time-left" data-ending={leftSeconds <= 10}>
      <p class="time-left__clock numeric" role="timer" aria-label={label}>
        {toClock(Math.ceil(leftSeconds))}
      </p>
      <p class="soft small">{label}</p>
      <span class="time-left__line" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <p class="hidden-visually" role="status" aria-live="polite">
        {toTimeAnnouncement(leftSeconds, totalSeconds)}
      </p>
    </div>
  )
}
