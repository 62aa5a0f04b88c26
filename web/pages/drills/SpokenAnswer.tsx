import { useEffect, useMemo } from 'preact/hooks'
import { toAnswerCapSeconds } from '../../../server/domain/drill-status.ts'
import { Button } from '../../components/Button.tsx'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { toDuration } from '../../components/format.ts'
import type { Drill } from '../../hooks/use-hand-in.ts'
import { useMicrophoneCheck } from '../../hooks/use-microphone-check.ts'
import { useTaskRunner } from '../../hooks/use-task-runner.ts'
import type { Microphone } from '../../realtime/microphone.ts'
import type { Outbox } from '../../realtime/outbox.ts'
import type { TaskRun } from '../../realtime/task-run.ts'
import type { RunnableTask, TaskRunner } from '../../realtime/task-runner.ts'
import { AnswerReview } from '../speaking-test/AnswerReview.tsx'
import { MicrophoneState } from '../speaking-test/MicrophoneStep.tsx'
import { answerProblems } from '../speaking-test/test-words.ts'
import { drillMicrophone } from './drill-words.ts'
import { DrillRecording } from './DrillRecording.tsx'

export interface SpokenAnswerProps {
  drill: Drill
  outbox: Outbox
  /** Something is recorded, or being recorded, and not handed in. */
  onHeld: (isHeld: boolean) => void
}

/** An answer aloud: recorded, listened to, recorded again, and handed in once. */
export function SpokenAnswer(props: SpokenAnswerProps) {
  const { drill, outbox, onHeld } = props
  const task = useTask(drill)
  const check = useMicrophoneCheck()
  const microphone = check.status === 'ready' ? check.microphone : null
  const { runner, state } = useTaskRunner({ sessionId: drill.id, task, outbox }, { context: check.context, microphone })
  const { run, hasFailed } = state
  const isHeld = run.phase !== 'waiting' && run.phase !== 'sent'
  useEffect(() => onHeld(isHeld), [isHeld, onHeld])
  useEffect(() => () => onHeld(false), [onHeld])
  const needsMicrophone = check.status !== 'ready' || run.phase === 'waiting'
  return (
    <div class="drill__answer" data-phase={run.phase}>
      {hasFailed && <FaultNotice tone="problem" message={answerProblems.failed} />}
      {needsMicrophone && <MicrophoneState check={check} words={drillMicrophone} />}
      <SpokenPhase
        {...props}
        run={run}
        runner={runner}
        part={task.index}
        capSeconds={task.speakSeconds}
        context={check.context}
        microphone={microphone}
      />
    </div>
  )
}

/** There is one answer; recorded again it takes the same place. */
function useTask({ question }: Drill): RunnableTask {
  const speakSeconds = toAnswerCapSeconds(question.expectedDurationSeconds)
  return useMemo(() => ({ index: 1, prepareSeconds: 0, speakSeconds }), [speakSeconds])
}

interface SpokenPhaseProps extends Pick<SpokenAnswerProps, 'drill' | 'outbox'> {
  run: TaskRun
  runner: TaskRunner
  part: number
  /** After so long the recording stops by itself. */
  capSeconds: number
  context: AudioContext
  /** Null while there is none to be had. */
  microphone: Microphone | null
}

function SpokenPhase({ drill, outbox, run, runner, part, capSeconds, context, microphone }: SpokenPhaseProps) {
  const { expectedDurationSeconds } = drill.question
  switch (run.phase) {
    case 'waiting':
      return (
        <>
          <p class="soft">
            Speak for about {toDuration(expectedDurationSeconds)}, as you would to an interviewer. At most{' '}
            {toDuration(capSeconds)} are recorded.
          </p>
          <div>
            <Button look="primary" large icon="mic" disabled={microphone === null} onClick={runner.begin}>
              Start recording
            </Button>
          </div>
        </>
      )
    case 'recording':
      return (
        <DrillRecording
          context={context}
          stream={microphone?.stream ?? null}
          startedAtMs={run.startedAtMs}
          expectedSeconds={expectedDurationSeconds}
          onStop={() => runner.stop()}
        />
      )
    case 'review':
      return (
        <AnswerReview
          sessionId={drill.id}
          part={part}
          outbox={outbox}
          answer={run.answer}
          canRecord={microphone !== null}
          next="Hand in"
          onAgain={runner.again}
          onNext={() => void runner.send()}
        />
      )
    default:
      return <span class="spinner" aria-hidden="true" />
  }
}
