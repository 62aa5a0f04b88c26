import { useEffect } from 'preact/hooks'
import type { DrillQuestionsQuery } from '../gql/documents.ts'
import { useDrillQuestionsQuery } from '../gql/hooks.ts'

export type DrillQuestionRow = DrillQuestionsQuery['drillQuestions']['edges'][number]['node']

export interface QuestionGroup {
  category: string
  questions: DrillQuestionRow[]
}

const pageSize = 100

/** Every question of the active pack, fetched page by page, by category in the pack's order. */
export function useDrillQuestions() {
  const { data, loading, error, fetchMore, refetch } = useDrillQuestionsQuery({
    variables: { first: pageSize },
    // Scores change with every attempt.
    fetchPolicy: 'cache-and-network',
  })
  const connection = data?.drillQuestions
  const after = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null
  useEffect(() => {
    if (after) void fetchMore({ variables: { first: pageSize, after } }).catch(() => undefined)
  }, [after, fetchMore])
  const questions = connection?.edges.map(({ node }) => node) ?? []
  const groups: QuestionGroup[] = [...Map.groupBy(questions, ({ question }) => question.category)].map(
    ([category, ofCategory]) => ({ category, questions: ofCategory }),
  )
  return {
    groups,
    isLocked: data?.viewer?.entitlement === 'LOCKED',
    isLoading: loading && !connection,
    error: connection ? undefined : error,
    refetch,
  }
}
