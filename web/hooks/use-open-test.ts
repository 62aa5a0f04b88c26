import { useCallback, useEffect, useState } from 'preact/hooks'
import type { SpeakingTestQuery } from '../gql/documents.ts'
import type { Outbox } from '../realtime/outbox.ts'
import { useViewer } from './use-account.ts'
import { useServices } from './use-services.ts'

export type SpeakingTest = Extract<NonNullable<SpeakingTestQuery['session']>, { __typename: 'SpeakingTest' }>
export type TestTask = SpeakingTest['tasks'][number]
/** What is known of a test or a drill before its answers are kept anywhere. */
export type AnsweredSession = Pick<SpeakingTest, 'id' | 'title' | 'startedAt'>

export interface OpenTest {
  /** Null until it is open. */
  outbox: Outbox | null
  /** What this browser holds cannot be read. */
  isUnreadable: boolean
  tryAgain: () => void
}

/** Where the answers of a test or a drill are kept. Tells the server that somebody is there, once. */
export function useOpenTest({ id, title, startedAt }: AnsweredSession): OpenTest {
  const { answers, api } = useServices()
  const viewer = useViewer()
  const [outbox, setOutbox] = useState<Outbox | null>(null)
  const [isUnreadable, setIsUnreadable] = useState(false)
  const open = useCallback(() => {
    const test = { sessionId: id, viewerId: viewer.id, title, startedAtMs: Date.parse(startedAt) }
    setIsUnreadable(false)
    answers.open(test).then(setOutbox, () => setIsUnreadable(true))
  }, [answers, id, title, startedAt, viewer.id])
  useEffect(open, [open])
  useEffect(() => {
    // Should it be over, the next answer of the server says so.
    void api.keepAlive(id).catch(() => undefined)
  }, [api, id])
  return { outbox, isUnreadable, tryAgain: open }
}
