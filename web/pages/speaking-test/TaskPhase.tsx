import { Button } from '../../components/Button.tsx'
import type { Microphone } from '../../realtime/microphone.ts'
import type { TaskRun } from '../../realtime/task-run.ts'
import type { TaskRunner } from '../../realtime/task-runner.ts'
import { AnswerReview } from './AnswerReview.tsx'
import { RecordingNow } from './RecordingNow.tsx'
import type { TaskStageProps } from './TaskStage.tsx'
import { TaskWaiting } from './TaskWaiting.tsx'
import { TimeLeft } from './TimeLeft.tsx'

export interface TaskPhaseProps extends TaskStageProps {
  run: TaskRun
  runner: TaskRunner
  /** Null while there is none to be had. */
  microphone: Microphone | null
}

/** What can be done in this phase of a task. */
export function TaskPhase({ run, runner, microphone, sessionId, task, outbox, check, onLater }: TaskPhaseProps) {
  const canRecord = microphone !== null
  switch (run.phase) {
    case 'waiting':
      return <TaskWaiting task={task} canRecord={canRecord} onBegin={runner.begin} onLater={onLater} />
    case 'preparing':
      return (
        <div class="task__panel">
          <TimeLeft label="to prepare" endsAtMs={run.endsAtMs} totalSeconds={task.prepareSeconds} />
          <Button look="primary" large icon="mic" disabled={!canRecord} onClick={runner.ready}>
            I’m ready
          </Button>
        </div>
      )
    case 'recording':
      return (
        <RecordingNow
          context={check.context}
          stream={microphone?.stream ?? null}
          endsAtMs={run.endsAtMs}
          totalSeconds={task.speakSeconds}
          onStop={() => runner.stop()}
        />
      )
    case 'review':
      return (
        <AnswerReview
          sessionId={sessionId}
          part={task.index}
          outbox={outbox}
          answer={run.answer}
          canRecord={canRecord}
          onAgain={runner.again}
          onNext={() => void runner.send()}
        />
      )
    default:
      return (
        <div class="task__panel">
          <span class="spinner" aria-hidden="true" />
        </div>
      )
  }
}
