import { useEffect, useMemo } from 'preact/hooks'
import { toAnswerCapSeconds } from '../../../server/domain/drill-status.ts'
import { Button } from '../../components/Button.tsx'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { toDuration } from '../../components/format.ts'
import type { Drill } from '../../hooks/use-hand-in.ts'
import { useMicrophoneCheck } from '../../hooks/use-microphone-check.ts'
import { useTaskRunner } from '../../hooks/use-task-runner.ts'
import type { Outbox } from '../../realtime/outbox.ts'
import { AnswerReview } from '../speaking-test/AnswerReview.tsx'
import { MicrophoneState } from '../speaking-test/MicrophoneStep.tsx'
import { answerProblems } from '../speaking-test/test-words.ts'
import { drillMicrophone } from './drill-words.ts'
import { DrillRecording } from './DrillRecording.tsx'

/** There is one answer; recorded again it takes the same place. */
const part = 1

export interface SpokenAnswerProps {
  drill: Drill
  outbox: Outbox
  /** Something is recorded, or being recorded, and not handed in. */
  onHeld: (isHeld: boolean) => void
}

/** An answer aloud: recorded, listened to, recorded again, and handed in once. */
export function SpokenAnswer({ drill, outbox, onHeld }: SpokenAnswerProps) {
  const { expectedDurationSeconds } = drill.question
  const speakSeconds = toAnswerCapSeconds(expectedDurationSeconds)
  const check = useMicrophoneCheck()
  const microphone = check.status === 'ready' ? check.microphone : null
  const task = useMemo(() => ({ index: part, prepareSeconds: 0, speakSeconds }), [speakSeconds])
  const { runner, state } = useTaskRunner({ sessionId: drill.id, task, outbox }, { context: check.context, microphone })
  const { run, hasFailed } = state
  const isHeld = run.phase !== 'waiting' && run.phase !== 'sent'
  useEffect(() => onHeld(isHeld), [isHeld, onHeld])
  useEffect(() => () => onHeld(false), [onHeld])
  return (
    <div class="drill__answer" data-phase={run.phase}>
      {hasFailed && <FaultNotice tone="problem" message={answerProblems.failed} />}
      {check.status !== 'ready' || run.phase === 'waiting' ? (
        <MicrophoneState check={check} words={drillMicrophone} />
      ) : null}
      {run.phase === 'waiting' && (
        <>
          <p class="soft">
            Speak for about {toDuration(expectedDurationSeconds)}, as you would to an interviewer. At most{' '}
            {toDuration(speakSeconds)} are recorded.
          </p>
          <div>
            <Button look="primary" large icon="mic" disabled={microphone === null} onClick={runner.begin}>
              Start recording
            </Button>
          </div>
        </>
      )}
      {run.phase === 'recording' && (
        <DrillRecording
          context={check.context}
          stream={microphone?.stream ?? null}
          startedAtMs={run.startedAtMs}
          expectedSeconds={expectedDurationSeconds}
          onStop={() => runner.stop()}
        />
      )}
      {run.phase === 'review' && (
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
      )}
      {(run.phase === 'starting' || run.phase === 'stopping' || run.phase === 'sent') && (
        <span class="spinner" aria-hidden="true" />
      )}
    </div>
  )
}
