import { useLocation } from 'preact-iso'
import { useMemo, useRef } from 'preact/hooks'
import type { ActivityInput } from '../gql/documents.ts'
import { useStartSessionMutation } from '../gql/hooks.ts'
import { useFaultForm } from './use-fault-form.ts'

/**
 * A form that starts what is practised without a partner, and goes to it: `toPath` gives the page of a session. Sent again
 * after a lost answer, it is the same session.
 */
export function useStartActivity(activity: ActivityInput, toPath: (sessionId: string) => string) {
  const [startSession] = useStartSessionMutation()
  const { route } = useLocation()
  const requestId = useMemo(() => crypto.randomUUID(), [JSON.stringify(activity)])
  const startedId = useRef<string | null>(null)
  return useFaultForm(
    async () => {
      const answer = (await startSession({ variables: { input: { requestId, activity } } })).data?.startSession
      if (answer?.__typename === 'StartSessionPayload') startedId.current = answer.session.id
      return answer
    },
    () => {
      if (startedId.current !== null) route(toPath(startedId.current))
    },
  )
}
