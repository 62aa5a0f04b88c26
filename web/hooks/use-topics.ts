import { useEffect } from 'preact/hooks'
import type { CefrLevel, TopicsQuery } from '../gql/documents.ts'
import { useTopicsQuery } from '../gql/hooks.ts'

export type TopicCard = TopicsQuery['topics']['edges'][number]['node']

const pageSize = 50
const order: readonly CefrLevel[] = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2']

/** Every topic, fetched page by page, and the levels that have any, easiest first. */
export function useTopics() {
  const { data, loading, error, fetchMore, refetch } = useTopicsQuery({ variables: { first: pageSize } })
  const connection = data?.topics
  const after = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null
  useEffect(() => {
    if (after) void fetchMore({ variables: { first: pageSize, after } }).catch(() => undefined)
  }, [after, fetchMore])
  const topics = connection?.edges.map((edge) => edge.node) ?? []
  const levels = order.filter((level) => topics.some((topic) => topic.difficulty === level))
  return { topics, levels, isLoading: loading && !connection, error: connection ? undefined : error, refetch }
}
