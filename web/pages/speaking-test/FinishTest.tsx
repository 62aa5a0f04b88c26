import { useLocation } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { plural } from '../../components/format.ts'
import { Notice } from '../../components/Notice.tsx'
import type { SpeakingTest, TestTask } from '../../hooks/use-open-test.ts'
import { useServices } from '../../hooks/use-services.ts'
import { pathTo } from '../../paths.ts'
import type { Sending } from '../../realtime/answer-sender.ts'
import type { Outbox } from '../../realtime/outbox.ts'
import { patientRetry, retry } from '../../realtime/retry.ts'
import { kindWords } from './test-words.ts'

export interface FinishTestProps {
  test: SpeakingTest
  outbox: Outbox
  /** Tasks without an answer. */
  left: readonly TestTask[]
  sending: Sending
  onTask: (task: TestTask) => void
}

type Step = 'open' | 'asking' | 'finishing'

/** The end: tasks that are left are offered once more, and a test is never ended before its answers have arrived. */
export function FinishTest({ test, outbox, left, sending, onTask }: FinishTestProps) {
  const [step, setStep] = useState<Step>('open')
  const [failure, setFailure] = useState<string | null>(null)
  const end = useEndTest(test.id)
  const drafts = useDrafts(outbox, test.id)
  const hasArrived = sending.parts.length === 0
  useEffect(() => {
    if (step !== 'finishing' || !hasArrived) return
    end().catch((error: unknown) => {
      setFailure(error instanceof Error ? error.message : 'The test could not be ended.')
      setStep('open')
    })
  }, [step, hasArrived])
  const finish = (): void => {
    setFailure(null)
    setStep('finishing')
  }
  return (
    <section class="card test__card" aria-labelledby="finish-title">
      <h2 id="finish-title">{left.length === 0 ? 'That was the last task' : `${plural(left.length, 'task')} left`}</h2>
      {left.length > 0 && <TasksLeft left={left} drafts={drafts} onTask={onTask} isBusy={step === 'finishing'} />}
      {failure && <Notice tone="problem">{failure} Your answers are kept.</Notice>}
      {step === 'asking' ? (
        <LastQuestion warning={toWarning(left, drafts)} onFinish={finish} onBack={() => setStep('open')} />
      ) : (
        <div class="test__finish">
          <p class="soft">{toHint(left.length, step, hasArrived)}</p>
          <Button
            look={left.length === 0 ? 'primary' : 'plain'}
            large
            busy={step === 'finishing'}
            onClick={() => (left.length > 0 ? setStep('asking') : finish())}
          >
            Finish the test
          </Button>
        </div>
      )}
    </section>
  )
}

interface LastQuestionProps {
  warning: string
  onFinish: () => void
  onBack: () => void
}

function LastQuestion({ warning, onFinish, onBack }: LastQuestionProps) {
  return (
    <Notice
      tone="warning"
      action={
        <div class="button-row">
          <Button look="danger" onClick={onFinish}>
            Yes, finish
          </Button>
          <Button look="quiet" onClick={onBack}>
            Not yet
          </Button>
        </div>
      }
    >
      {warning}
    </Notice>
  )
}

interface TasksLeftProps extends Pick<FinishTestProps, 'left' | 'onTask'> {
  drafts: ReadonlySet<number>
  isBusy: boolean
}

function TasksLeft({ left, drafts, onTask, isBusy }: TasksLeftProps) {
  return (
    <ul class="tasks-left">
      {left.map((task) => (
        <li key={task.id}>
          <span>
            Task {task.index} · {kindWords[task.kind].title}
            {drafts.has(task.index) && <span class="soft small"> recorded, not handed in</span>}
          </span>
          <Button disabled={isBusy} onClick={() => onTask(task)}>
            Do task {task.index}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Tells the server, then goes to the results. Rejects with the fault that stood in the way. */
function useEndTest(sessionId: string): () => Promise<void> {
  const { api, answers } = useServices()
  const { route } = useLocation()
  return async () => {
    await retry(() => api.endSession(sessionId, 'COMPLETED', 0), { ...patientRetry, attempts: 3 })
    await answers.forget(sessionId)
    route(pathTo.session(sessionId), true)
  }
}

/** Tasks whose answer lies here and was not handed in. */
function useDrafts(outbox: Outbox, sessionId: string): ReadonlySet<number> {
  const [drafts, setDrafts] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => {
    void outbox
      .listParts(sessionId)
      .then((parts) => setDrafts(new Set(parts.filter(({ isHeldBack }) => isHeldBack).map(({ part }) => part))))
  }, [outbox, sessionId])
  return drafts
}

function toWarning(left: readonly TestTask[], drafts: ReadonlySet<number>): string {
  const what = left.length === 1 ? 'The task that is left' : 'The tasks that are left'
  const lost = left.filter(({ index }) => drafts.has(index)).map(({ index }) => index)
  const tail = lost.length > 0 ? ` What you recorded for task ${lost.join(' and ')} would be thrown away.` : ''
  return `${what} cannot be done later.${tail}`
}

function toHint(leftCount: number, step: Step, hasArrived: boolean): string {
  if (step === 'finishing' && !hasArrived)
    return 'Your last answers are being sent. The test ends when they have arrived.'
  if (leftCount > 0) return 'You can do them now, or leave and go on another day. Or finish without them.'
  return 'Finish, and your answers are judged. That takes a moment.'
}
