import { useEffect, useRef, useState } from 'preact/hooks'
import { useMicrophoneCheck } from '../../hooks/use-microphone-check.ts'
import type { SpeakingTest, TestTask } from '../../hooks/use-open-test.ts'
import { useServices } from '../../hooks/use-services.ts'
import { useLeaveWarning } from '../../hooks/use-leave-warning.ts'
import { useStore } from '../../hooks/use-store.ts'
import { nothingToSend } from '../../realtime/answer-sender.ts'
import type { Outbox } from '../../realtime/outbox.ts'
import { FinishTest } from './FinishTest.tsx'
import { MicrophoneStep } from './MicrophoneStep.tsx'
import { SendingStatus } from './SendingStatus.tsx'
import { TaskStage } from './TaskStage.tsx'
import { TestProgress } from './TestProgress.tsx'

export interface TestStageProps {
  test: SpeakingTest
  outbox: Outbox
  onRefetch: () => Promise<unknown>
}

/** The microphone first, then task by task, then the end; what was handed in is sent meanwhile. */
export function TestStage({ test, outbox, onRefetch }: TestStageProps) {
  const { answers } = useServices()
  const sending = useStore(answers).get(test.id) ?? nothingToSend
  useLeaveWarning(sending.isDiskFull)
  const check = useMicrophoneCheck()
  const [isHeard, setIsHeard] = useState(false)
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const { given, forget } = useGiven(sending.parts, onRefetch)
  const isGiven = (task: TestTask): boolean => task.status === 'DONE' || given.has(task.index)
  const left = test.tasks.filter((task) => !isGiven(task))
  const current = left.find(({ id }) => !later.has(id)) ?? null
  const discard = (part: number): void => {
    forget(part)
    void answers.discard(test.id, part).then(onRefetch)
  }
  const takeUp = ({ id }: TestTask): void => setLater(new Set([...later].filter((each) => each !== id)))
  return (
    <div class="test">
      <TestProgress tasks={test.tasks} currentId={isHeard ? (current?.id ?? null) : null} isGiven={isGiven} />
      {!current ? (
        <FinishTest test={test} outbox={outbox} left={left} sending={sending} onTask={takeUp} />
      ) : !isHeard ? (
        <MicrophoneStep
          check={check}
          task={current}
          isFirst={given.size === 0 && left.length === test.tasks.length}
          onReady={() => setIsHeard(true)}
        />
      ) : (
        <TaskStage
          key={current.id}
          sessionId={test.id}
          task={current}
          outbox={outbox}
          check={check}
          onLater={() => setLater(new Set([...later, current.id]))}
        />
      )}
      <SendingStatus sending={sending} hasSent={given.size > 0} onNow={answers.tryNow} onDiscard={discard} />
    </div>
  )
}

/**
 * Every task whose answer was handed in, as far as this page has seen: between the server's having an answer and its
 * saying so, a task must not come up again. Asks the server anew whenever an answer has arrived.
 */
function useGiven(parts: readonly number[], onRefetch: () => Promise<unknown>) {
  const [given, setGiven] = useState<ReadonlySet<number>>(new Set(parts))
  const lastCount = useRef(parts.length)
  const key = parts.join()
  useEffect(() => {
    setGiven((now) => new Set([...now, ...parts]))
    if (parts.length < lastCount.current) void onRefetch().catch(() => undefined)
    lastCount.current = parts.length
  }, [key])
  const forget = (part: number): void => setGiven((now) => new Set([...now].filter((each) => each !== part)))
  return { given, forget }
}
