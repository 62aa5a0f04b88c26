/** What a cache still holds of a session that was deleted, here or on another device. */
import { type ApolloCache, InMemoryCache } from '@apollo/client'
import { possibleTypes } from './gql/possible-types.ts'

/** `sessionId` is `deletedId` of `deleteSession`, or `removedId` of `historyUpdated`. */
export function forgetSession(cache: ApolloCache, sessionId: string): void {
  cache.batch({
    update(draft) {
      for (const typename of possibleTypes['Session'] ?? []) {
        const id = draft.identify({ __typename: typename, id: sessionId })
        if (id !== undefined) draft.evict({ id })
      }
      // It is known by its slug, which does not tell whose it is: what is still public is fetched anew.
      draft.evict({ id: 'ROOT_QUERY', fieldName: 'publishedSession' })
    },
  })
  // Its words and recordings too, which nothing leads to any more, and the answers that were put together of them.
  if (cache instanceof InMemoryCache) cache.gc({ resetResultCache: true })
  else cache.gc()
}
