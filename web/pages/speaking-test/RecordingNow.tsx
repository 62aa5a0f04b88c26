import { Button } from '../../components/Button.tsx'
import { LevelBars } from '../../components/LevelBars.tsx'
import { useLevel } from '../../hooks/use-level.ts'
import { TimeLeft } from './TimeLeft.tsx'

export interface RecordingNowProps {
  context: AudioContext
  stream: MediaStream | null
  /** On the page's clock. */
  endsAtMs: number
  totalSeconds: number
  onStop: () => void
}

/** While the learner speaks: how long still, that they are heard, and a way to stop. */
export function RecordingNow({ context, stream, endsAtMs, totalSeconds, onStop }: RecordingNowProps) {
  const level = useLevel(context, stream)
  return (
    <div class="task__panel">
      <TimeLeft label="left to speak" endsAtMs={endsAtMs} totalSeconds={totalSeconds} />
      <LevelBars level={level} />
      <Button look="primary" large onClick={onStop}>
        Stop
      </Button>
    </div>
  )
}
