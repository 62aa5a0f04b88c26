/** The one cache of the page. */
import { InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { possibleTypes } from '../gql/possible-types.ts'

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          topics: relayStylePagination(['level']),
          drillQuestions: relayStylePagination(['category']),
          contentPacks: relayStylePagination(['status']),
          users: relayStylePagination(['search']),
        },
      },
      // One for everyone: pages ask for other parts of it.
      Installation: { merge: true },
      Viewer: {
        fields: { history: relayStylePagination(['filter']), preferences: { merge: true }, usage: { merge: true } },
      },
      // It never changes: pages that ask for other parts of its numbers add to each other.
      SpeakingEvaluation: { fields: { metrics: { merge: true } } },
      // Segments have their own store (`use-transcript`): in the cache each query's answer stands for itself.
      Transcript: { fields: { segments: { merge: false } } },
      TestTask: { fields: { segments: { merge: false } } },
      TranscriptSegment: { keyFields: false },
    },
  })
}
