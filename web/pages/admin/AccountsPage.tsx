import { useState } from 'preact/hooks'
import { canManageAccounts } from '../../components/account-rights.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SearchField } from '../../components/Field.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { plural } from '../../components/format.ts'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { useUsers } from '../../hooks/use-users.ts'
import { UserRow } from './UserRow.tsx'

/** Whoever has an account here, what it may use, and a way back in for those who forgot their password. */
export function AccountsPage() {
  const isAdministrator = canManageAccounts(useViewer())
  return (
    <Page title="Accounts" lead="Whoever has an account here, and what it may use.">
      {isAdministrator ? (
        <Accounts />
      ) : (
        <EmptyState icon="people" title="This page is for administrators">
          Ask an administrator of this installation when your account needs something.
        </EmptyState>
      )}
    </Page>
  )
}

function Accounts() {
  const [search, setSearch] = useState('')
  const { users, hasMore, isLoading, error, loadMore, refetch } = useUsers(useSettled(search.trim(), 250))
  return (
    <>
      <form role="search" aria-label="Find accounts" onSubmit={(event) => event.preventDefault()}>
        <SearchField label="Search accounts" placeholder="Email or name" value={search} onValue={setSearch} />
      </form>
      {error && (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      )}
      {isLoading && <Loading label="Loading the accounts" />}
      {!isLoading && !error && users.length === 0 && (
        <EmptyState
          icon="search"
          title="Nobody matches"
          action={<Button onClick={() => setSearch('')}>Show everyone</Button>}
        >
          Try fewer letters.
        </EmptyState>
      )}
      {users.length > 0 && (
        <>
          <ul class="rows card" aria-label="Accounts">
            {users.map((user) => (
              <li key={user.id}>
                <UserRow user={user} />
              </li>
            ))}
          </ul>
          <footer class="history__foot">
            <p class="faint small" role="status">
              {hasMore ? `The newest ${users.length} accounts` : plural(users.length, 'account')}
            </p>
            {hasMore && <Button onClick={() => void loadMore()}>Show more</Button>}
          </footer>
        </>
      )}
    </>
  )
}
