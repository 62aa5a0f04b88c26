import { useCallback } from 'preact/hooks'
import { useUsersQuery } from '../gql/hooks.ts'

/** Accounts a page. */
const pageSize = 20

/** All accounts, or those whose address or name has these letters in it; the newest first. For administrators. */
export function useUsers(search: string) {
  const variables = { first: pageSize, search: search === '' ? null : search }
  const { data, error, loading, refetch, fetchMore } = useUsersQuery({ variables, fetchPolicy: 'cache-and-network' })
  const connection = data?.users
  const endCursor = connection?.pageInfo.endCursor
  const loadMore = useCallback(async () => {
    if (endCursor) await fetchMore({ variables: { ...variables, after: endCursor } })
  }, [endCursor, fetchMore, search])
  return {
    users: connection?.edges.map((edge) => edge.node) ?? [],
    hasMore: connection?.pageInfo.hasNextPage ?? false,
    isLoading: loading && !connection,
    error: connection ? undefined : error,
    loadMore,
    refetch,
  }
}
