import { useCallback } from 'preact/hooks'
import { useContentPacksQuery } from '../gql/hooks.ts'

/** Versions a page. */
const pageSize = 50

/** Every version of every pack that the viewer sees, the last uploaded first, and the one that is drilled. */
export function usePacks() {
  const { data, error, loading, refetch, fetchMore } = useContentPacksQuery({
    variables: { first: pageSize },
    fetchPolicy: 'cache-and-network',
  })
  const connection = data?.contentPacks
  const endCursor = connection?.pageInfo.endCursor
  const loadMore = useCallback(async () => {
    if (endCursor) await fetchMore({ variables: { first: pageSize, after: endCursor } })
  }, [endCursor, fetchMore])
  return {
    packs: connection?.edges.map((edge) => edge.node) ?? [],
    active: data?.activeContentPack ?? null,
    hasMore: connection?.pageInfo.hasNextPage ?? false,
    isLoading: loading && !connection,
    error: connection ? undefined : error,
    loadMore,
    refetch,
  }
}
