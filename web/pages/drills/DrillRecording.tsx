import { Button } from '../../components/Button.tsx'
import { toClock, toDuration } from '../../components/format.ts'
import { LevelBars } from '../../components/LevelBars.tsx'
import { useLevel } from '../../hooks/use-level.ts'
import { useNow } from '../../hooks/use-now.ts'

export interface DrillRecordingProps {
  context: AudioContext
  stream: MediaStream | null
  /** On the page's clock. */
  startedAtMs: number
  expectedSeconds: number
  onStop: () => void
}

/** While the learner speaks: how long already against what is expected, that they are heard, and a way to stop. */
export function DrillRecording({ context, stream, startedAtMs, expectedSeconds, onStop }: DrillRecordingProps) {
  const level = useLevel(context, stream)
  const seconds = Math.max(0, (useNow(200) - startedAtMs) / 1_000)
  return (
    <div class="task__panel">
      <div class="time-left">
        <p class="time-left__clock numeric" role="timer" aria-label="Time spoken">
          {toClock(seconds)}
        </p>
        <p class="soft small">of about {toDuration(expectedSeconds)}</p>
        <span class="time-left__line" aria-hidden="true">
          <span style={{ width: `${Math.min(1, seconds / expectedSeconds) * 100}%` }} />
        </span>
      </div>
      <LevelBars level={level} />
      <Button look="primary" large onClick={onStop}>
        Stop
      </Button>
    </div>
  )
}
