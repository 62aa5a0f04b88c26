import { useEffect, useState } from 'preact/hooks'
import type { SpeakingTestQuery } from '../gql/documents.ts'
import type { Outbox } from '../realtime/outbox.ts'
import { useViewer } from './use-account.ts'
import { useServices } from './use-services.ts'

export type SpeakingTest = Extract<NonNullable<SpeakingTestQuery['session']>, { __typename: 'SpeakingTest' }>
export type TestTask = SpeakingTest['tasks'][number]

/** Where the answers of a test or a drill are kept; null until that is open. Tells the server that somebody is there, once. */
export function useOpenTest({ id, title, startedAt }: Pick<SpeakingTest, 'id' | 'title' | 'startedAt'>): Outbox | null {
  const { answers, api } = useServices()
  const viewer = useViewer()
  const [outbox, setOutbox] = useState<Outbox | null>(null)
  useEffect(() => {
    const test = { sessionId: id, viewerId: viewer.id, title, startedAtMs: Date.parse(startedAt) }
    void answers.open(test).then(setOutbox)
    // Should it be over, the next answer of the server says so.
    void api.keepAlive(id).catch(() => undefined)
  }, [answers, api, id, title, startedAt, viewer.id])
  return outbox
}
