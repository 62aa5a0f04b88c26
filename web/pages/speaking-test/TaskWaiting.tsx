import { Button } from '../../components/Button.tsx'
import { toDuration } from '../../components/format.ts'
import type { TestTask } from '../../hooks/use-open-test.ts'
import { kindWords } from './test-words.ts'

export interface TaskWaitingProps {
  task: TestTask
  canRecord: boolean
  onBegin: () => void
  onLater: () => void
}

/** Before a task: what kind it is and how much time there is. The clock runs from the question on. */
export function TaskWaiting({ task, canRecord, onBegin, onLater }: TaskWaitingProps) {
  const { prepareSeconds, speakSeconds, kind } = task
  return (
    <>
      <p class="soft">{kindWords[kind].about}</p>
      <dl class="task__times">
        <div>
          <dt class="soft small">To prepare</dt>
          <dd class="numeric">{prepareSeconds > 0 ? toDuration(prepareSeconds) : 'no time'}</dd>
        </div>
        <div>
          <dt class="soft small">To speak</dt>
          <dd class="numeric">up to {toDuration(speakSeconds)}</dd>
        </div>
      </dl>
      <p class="soft small">
        The question appears when you start. When the time to prepare is over, the recording begins by itself.
      </p>
      <div class="button-row">
        <Button look="primary" large disabled={!canRecord} onClick={onBegin}>
          Start this task
        </Button>
        <Button look="quiet" onClick={onLater}>
          Skip for now
        </Button>
      </div>
    </>
  )
}
