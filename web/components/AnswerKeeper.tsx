import type { ComponentChildren } from 'preact'
import { useOnlyTab } from '../hooks/use-only-tab.ts'
import { type AnsweredSession, useOpenTest } from '../hooks/use-open-test.ts'
import type { Outbox } from '../realtime/outbox.ts'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'
import { Loading } from './Loading.tsx'

export interface AnswerKeeperProps {
  session: AnsweredSession
  /** What the learner answers here. */
  noun: 'test' | 'question'
  children: (outbox: Outbox) => ComponentChildren
}

/** For pages that record answers: in one tab at a time, and only once it is known which answers this browser holds already. */
export function AnswerKeeper({ session, noun, children }: AnswerKeeperProps) {
  const tab = useOnlyTab(`${noun}-${session.id}`)
  const { outbox, isUnreadable, tryAgain } = useOpenTest(session)
  if (tab === 'elsewhere')
    return (
      <EmptyState icon="device" title={`This ${noun} is open in another tab`}>
        Go on there. When you close that tab, it continues here.
      </EmptyState>
    )
  if (isUnreadable)
    return (
      <EmptyState
        icon="device"
        title="This browser cannot read what it has kept"
        action={<Button onClick={tryAgain}>Try again</Button>}
      >
        Answers that you recorded here before may be among it, so nothing new is recorded over them. Nothing is lost.
        Try again, or close this browser and open it anew.
      </EmptyState>
    )
  if (tab !== 'mine' || !outbox) return <Loading label={`Loading the ${noun}`} rows={2} />
  return <>{children(outbox)}</>
}
