import { useCallback, useMemo } from 'preact/hooks'
import { HistoryDocument, type HistoryFilter, type HistoryQuery, type HistoryRowFragment } from '../gql/documents.ts'
import { useHistoryQuery, useHistoryUpdatedSubscription } from '../gql/hooks.ts'
import { matchesFilter } from './matches-filter.ts'
import { useForgetSession } from './use-forget-session.ts'

/** Sessions a page. */
export const pageSize = 20

/**
 * The viewer's sessions, newest first, and live: sessions come, grow and go as the server tells. `loadMore` fetches
 * the next page; with a filter the count is of what matches.
 */
export function useHistory(filter: HistoryFilter) {
  const variables = useMemo(() => ({ first: pageSize, filter }), [JSON.stringify(filter)])
  const { data, error, loading, refetch, fetchMore, client } = useHistoryQuery({
    variables,
    fetchPolicy: 'cache-and-network',
  })
  const forgetSession = useForgetSession()
  const history = data?.viewer?.history

  useHistoryUpdatedSubscription({
    onData: ({ data: { data: update } }) => {
      const change = update?.historyUpdated
      if (!change) return
      // After each (re)connection: whatever was missed in between is in the first page.
      if (change.kind === 'READY') void refetch().catch(() => undefined)
      if (change.kind === 'CHANGED' && change.session) {
        const { session } = change
        client.cache.updateQuery({ query: HistoryDocument, variables }, (known) => withSession(known, session, filter))
      }
      if (change.kind === 'REMOVED' && change.removedId) {
        const removedId = change.removedId
        client.cache.updateQuery({ query: HistoryDocument, variables }, (known) => withoutSession(known, removedId))
        void forgetSession(removedId)
      }
    },
  })

  const loadMore = useCallback(async () => {
    const after = history?.pageInfo.endCursor
    if (after) await fetchMore({ variables: { ...variables, after } })
  }, [history?.pageInfo.endCursor, fetchMore, variables])

  return {
    sessions: (history?.edges.map((edge) => edge.node) ?? []) as HistoryRowFragment[],
    totalCount: history?.totalCount ?? 0,
    hasMore: history?.pageInfo.hasNextPage ?? false,
    isLoading: loading && !history,
    error: history ? undefined : error,
    loadMore,
    refetch,
  }
}

/** A session not yet listed goes to the front: it is the newest. One that is listed has changed in the cache already. */
export function withSession(
  known: HistoryQuery | null,
  session: HistoryRowFragment,
  filter: HistoryFilter,
): HistoryQuery | undefined {
  const history = known?.viewer?.history
  if (!known?.viewer || !history) return undefined
  const isListed = history.edges.some((edge) => edge.node.id === session.id)
  const belongs = matchesFilter(session, filter)
  if (isListed) return belongs ? undefined : withoutSession(known, session.id)
  const newest = history.edges[0]?.node.startedAt
  if (!belongs || (newest !== undefined && session.startedAt < newest)) return undefined
  const edge = { __typename: 'HistoryEdge' as const, cursor: '', node: session }
  return {
    ...known,
    viewer: {
      ...known.viewer,
      history: { ...history, totalCount: history.totalCount + 1, edges: [edge, ...history.edges] },
    },
  }
}

/** The list without a session that was removed; undefined where it was not listed. */
export function withoutSession(known: HistoryQuery | null, sessionId: string): HistoryQuery | undefined {
  const history = known?.viewer?.history
  if (!known?.viewer || !history) return undefined
  const edges = history.edges.filter((edge) => edge.node.id !== sessionId)
  if (edges.length === history.edges.length) return undefined
  return {
    ...known,
    viewer: { ...known.viewer, history: { ...history, totalCount: Math.max(0, history.totalCount - 1), edges } },
  }
}
