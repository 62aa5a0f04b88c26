import { useHistoryUpdatedSubscription } from '@parley/client/hooks'
import { useTalksQuery } from './parley/hooks.js'

export function TalkList() {
  const { data, fetchMore, refetch } = useTalksQuery({ variables: { first: 2 } })
  const history = data?.viewer?.history
  const talks = history?.edges.map(({ node }) => node) ?? []

  useHistoryUpdatedSubscription({
    onData: ({ data: { data: update } }) => {
      const change = update?.historyUpdated
      // A talk that is in the cache has changed there already. READY comes after every connection: what was missed is on the first page.
      const isListed = talks.some(({ id }) => id === change?.session?.id)
      if (change && !isListed) void refetch()
    },
  })

  return (
    <section>
      <ul>
        {talks.map(({ id, title, status }) => (
          <li key={id}>
            {title}: {status}
          </li>
        ))}
      </ul>
      <p>
        {talks.length} of {history?.totalCount ?? 0}
      </p>
      {history?.pageInfo.hasNextPage && (
        <button onClick={() => void fetchMore({ variables: { after: history.pageInfo.endCursor } })}>More</button>
      )}
    </section>
  )
}
