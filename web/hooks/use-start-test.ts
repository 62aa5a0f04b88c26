import { useLocation } from 'preact-iso'
import { useMemo, useRef } from 'preact/hooks'
import type { CefrLevel } from '../gql/documents.ts'
import { useStartSessionMutation } from '../gql/hooks.ts'
import { pathTo } from '../paths.ts'
import { useFaultForm } from './use-fault-form.ts'

/** A form that starts a speaking test of this level, and goes to it. Sent again after a lost answer, it is the same test. */
export function useStartTest(level: CefrLevel) {
  const [startSession] = useStartSessionMutation()
  const { route } = useLocation()
  const requestId = useMemo(() => crypto.randomUUID(), [level])
  const startedId = useRef<string | null>(null)
  return useFaultForm(
    async () => {
      const input = { requestId, activity: { speakingTest: { level } } }
      const answer = (await startSession({ variables: { input } })).data?.startSession
      if (answer?.__typename === 'StartSessionPayload') startedId.current = answer.session.id
      return answer
    },
    () => {
      if (startedId.current !== null) route(pathTo.test(startedId.current))
    },
  )
}
