import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { plural, toDay } from '../../components/format.ts'
import type { HistoryRowFragment } from '../../gql/documents.ts'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useHistory } from '../../hooks/use-history.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { HistoryFilters, noFilters, toHistoryFilter } from './HistoryFilters.tsx'
import { HistoryRow } from './HistoryRow.tsx'

/** Every session, newest first; one that is running grows before your eyes. */
export function HistoryPage() {
  const [filters, setFilters] = useState(noFilters)
  const settled = useSettled(filters, 250)
  const isFiltered = JSON.stringify(settled) !== JSON.stringify(noFilters)
  const { sessions, totalCount, hasMore, isLoading, error, loadMore, refetch } = useHistory(toHistoryFilter(settled))
  const isEmpty = !isLoading && !error && sessions.length === 0
  return (
    <Page title="History" lead="Everything you have said here, kept for you alone.">
      {(isFiltered || !isEmpty) && <HistoryFilters value={filters} onValue={setFilters} />}
      {error && (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      )}
      {isLoading && <Loading label="Loading your history" />}
      {isEmpty && !isFiltered && (
        <EmptyState
          icon="history"
          title="Your first conversation will be here"
          action={
            <a class="button button--primary" href="/practise">
              Practise now
            </a>
          }
        >
          Afterwards you can hear it again, read it, and see how you get on.
        </EmptyState>
      )}
      {isEmpty && isFiltered && (
        <EmptyState
          icon="search"
          title="Nothing matches"
          action={<Button onClick={() => setFilters(noFilters)}>Show everything</Button>}
        >
          Try fewer filters.
        </EmptyState>
      )}
      {sessions.length > 0 && <SessionDays sessions={sessions} />}
      {sessions.length > 0 && (
        <footer class="history__foot">
          <p class="faint small" role="status">
            {hasMore ? `${sessions.length} of ${totalCount} sessions` : plural(sessions.length, 'session')}
          </p>
          {hasMore && <Button onClick={() => void loadMore()}>Show more</Button>}
        </footer>
      )}
    </Page>
  )
}

function SessionDays({ sessions }: { sessions: readonly HistoryRowFragment[] }) {
  const { preferences } = useViewer()
  const days = Map.groupBy(sessions, (session) => toDay(session.startedAt, preferences.timeZone))
  return (
    <div class="history" aria-label="Sessions" role="region">
      {[...days].map(([day, ofDay]) => (
        <section key={day} class="history__day" aria-label={day}>
          <h2 class="history__date">{day}</h2>
          <ul class="history__list">
            {ofDay.map((session) => (
              <li key={session.id}>
                <HistoryRow session={session} timeZone={preferences.timeZone} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
