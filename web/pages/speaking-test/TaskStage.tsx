import { useEffect, useRef } from 'preact/hooks'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import type { TestTask } from '../../hooks/use-open-test.ts'
import { useTaskRunner } from '../../hooks/use-task-runner.ts'
import type { Outbox } from '../../realtime/outbox.ts'
import type { TaskRun } from '../../realtime/task-run.ts'
import { type MicrophoneCheck, MicrophoneState } from './MicrophoneStep.tsx'
import { TaskPhase } from './TaskPhase.tsx'
import { TaskPrompt } from './TaskPrompt.tsx'
import { answerProblems, kindWords } from './test-words.ts'

export interface TaskStageProps {
  sessionId: string
  task: TestTask
  outbox: Outbox
  check: MicrophoneCheck
  onLater: () => void
}

const titles: Record<Exclude<TaskRun['phase'], 'waiting'>, string> = {
  preparing: 'Prepare your answer',
  starting: 'One moment…',
  recording: 'Recording',
  stopping: 'One moment…',
  review: 'Your answer',
  sent: 'Handed in',
}

/** One task: its question, its clock, its recording. The question shows only once the task is begun. */
export function TaskStage(props: TaskStageProps) {
  const { sessionId, task, outbox, check } = props
  const isReady = check.status === 'ready'
  const microphone = isReady ? check.microphone : null
  const { runner, state } = useTaskRunner({ sessionId, task, outbox }, { context: check.context, microphone })
  const { run, hasFailed } = state
  const heading = useHeadingFocus(run.phase)
  const kind = kindWords[task.kind].title
  return (
    <section class="card test__card" aria-labelledby="task-title" data-phase={run.phase}>
      <header class="task__head">
        <h2 id="task-title" ref={heading} tabIndex={-1}>
          {run.phase === 'waiting' ? kind : titles[run.phase]}
        </h2>
        {run.phase !== 'waiting' && <span class="badge">{kind}</span>}
      </header>
      {hasFailed && <FaultNotice tone="problem" message={answerProblems.failed} />}
      {run.phase !== 'waiting' && <TaskPrompt task={task} />}
      <TaskPhase {...props} run={run} runner={runner} microphone={microphone} />
      {!isReady && <MicrophoneState check={check} />}
    </section>
  )
}

/** When what had the focus is gone with its phase, the heading of the new one gets it: so it is read out, and Tab goes on from there. */
function useHeadingFocus(phase: TaskRun['phase']) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (!activeElement || activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [phase])
  return heading
}
