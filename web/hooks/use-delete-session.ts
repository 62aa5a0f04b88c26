import { useDeleteSessionMutation } from '../gql/hooks.ts'
import type { MutationAnswer } from './use-fault-form.ts'
import { useForgetSession } from './use-forget-session.ts'

/** Deletes a session on the server, and what this browser still holds of it. */
export function useDeleteSession(sessionId: string): () => Promise<MutationAnswer> {
  const forgetSession = useForgetSession()
  const [deleteSession] = useDeleteSessionMutation()
  return async () => {
    const answer = (await deleteSession({ variables: { sessionId } })).data?.deleteSession
    if (answer?.__typename === 'DeleteSessionPayload' || answer?.__typename === 'NotFoundFault')
      await forgetSession(sessionId)
    return answer
  }
}
