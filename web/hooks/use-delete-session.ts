import { useDeleteSessionMutation } from '../gql/hooks.ts'
import type { MutationAnswer } from './use-fault-form.ts'
import { useServices } from './use-services.ts'

/** Deletes a session on the server, and what this browser still keeps of it. */
export function useDeleteSession(sessionId: string): () => Promise<MutationAnswer> {
  const { outbox } = useServices()
  const [deleteSession, { client }] = useDeleteSessionMutation()
  return async () => {
    const answer = (await deleteSession({ variables: { sessionId } })).data?.deleteSession
    if (answer?.__typename === 'DeleteSessionPayload' || answer?.__typename === 'NotFoundFault') {
      await outbox.removeSession(sessionId)
      for (const typename of ['Conversation', 'SpeakingTest', 'Drill'])
        client.cache.evict({ id: client.cache.identify({ __typename: typename, id: sessionId }) ?? '' })
      client.cache.gc()
    }
    return answer
  }
}
