/** The cache that knows Parley's schema: which fragments match, how pages join, what is one thing. */
import { InMemoryCache, type TypePolicies } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { connections } from './gql/connections.ts'
import { possibleTypes } from './gql/possible-types.ts'

/** `typePolicies` are added to those here, for an app's own fields. */
export function createParleyCache(typePolicies: TypePolicies = {}): InMemoryCache {
  const cache = new InMemoryCache({ possibleTypes, typePolicies: toPagePolicies() })
  cache.policies.addTypePolicies(ownPolicies)
  cache.policies.addTypePolicies(typePolicies)
  return cache
}

const ownPolicies: TypePolicies = {
  // One for everyone: pages ask for other parts of it.
  Installation: { merge: true },
  Viewer: { fields: { preferences: { merge: true }, usage: { merge: true } } },
  // It never changes: pages that ask for other parts of its numbers add to each other.
  SpeakingEvaluation: { fields: { metrics: { merge: true } } },
  // Segments come by `transcriptSegments` too and are joined by their revision: in the cache each query's answer stands for itself.
  Transcript: { fields: { segments: { merge: false } } },
  TestTask: { fields: { segments: { merge: false } } },
  TranscriptSegment: { keyFields: false },
}

/** `fetchMore` with the last cursor as `after` adds a page to the list; the same list without `after` begins it anew. */
function toPagePolicies(): TypePolicies {
  return Object.fromEntries(
    Object.entries(connections).map(([type, lists]) => [
      type,
      {
        fields: Object.fromEntries(Object.entries(lists).map(([name, keys]) => [name, toPagePolicy(keys)])),
      },
    ]),
  )
}

/** A page that continues what the list no longer holds, since it has begun anew meanwhile, is left out: it would leave a gap. */
function toPagePolicy(keys: string[]) {
  const policy = relayStylePagination(keys.length > 0 && keys)
  const { merge } = policy
  if (typeof merge !== 'function') return policy
  const mergeWithoutGap: typeof merge = (existing, incoming, options) => {
    const after: unknown = options.args?.['after']
    const isContinued =
      !after ||
      !existing?.edges.length ||
      existing.pageInfo.endCursor === after ||
      existing.edges.some(({ cursor }) => cursor === after)
    return isContinued ? merge(existing, incoming, options) : existing
  }
  return { ...policy, merge: mergeWithoutGap }
}
