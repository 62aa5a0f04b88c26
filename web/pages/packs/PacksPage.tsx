import { canManagePacks } from '../../components/account-rights.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { usePacks } from '../../hooks/use-packs.ts'
import { pathTo } from '../../paths.ts'
import { PackFamily } from './PackFamily.tsx'
import { PackUpload } from './PackUpload.tsx'

/** Where packs come in, and where one is chosen to be drilled. */
export function PacksPage() {
  const viewer = useViewer()
  return (
    <Page title="Content packs" lead="Interview questions, and what the answers to them are judged by.">
      {canManagePacks(viewer) ? (
        <PackManager />
      ) : (
        <EmptyState
          icon="packs"
          title="Packs of your own come with Pro"
          action={
            <a class="button button--primary" href={pathTo.plan}>
              Look at plans
            </a>
          }
        >
          With the plan that you have, you drill the questions that are chosen for everyone.
        </EmptyState>
      )}
    </Page>
  )
}

function PackManager() {
  const { packs, active, hasMore, isLoading, error, loadMore, refetch } = usePacks()
  const families = [...Map.groupBy(packs, ({ name }) => name)]
  const isInUse = ([name]: [string, unknown]): boolean => name === active?.name
  return (
    <div class="packs">
      <PackUpload />
      {error && (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      )}
      {isLoading && <Loading label="Loading the packs" />}
      {!isLoading && !error && active === null && (
        <Notice tone="warning">No pack is active: there is nothing to drill until one is activated.</Notice>
      )}
      {[...families.filter(isInUse), ...families.filter((family) => !isInUse(family))].map(([name, versions]) => (
        <PackFamily key={name} name={name} versions={versions} active={active} />
      ))}
      {hasMore && (
        <div>
          <Button onClick={() => void loadMore()}>Show more</Button>
        </div>
      )}
    </div>
  )
}
