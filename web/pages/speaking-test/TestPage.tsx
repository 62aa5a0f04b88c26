import { useLocation, useRoute } from 'preact-iso'
import { useEffect } from 'preact/hooks'
import { AnswerKeeper } from '../../components/AnswerKeeper.tsx'
import { Button } from '../../components/Button.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { useSpeakingTestQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import type { SpeakingTest } from '../../hooks/use-open-test.ts'
import { pathTo } from '../../paths.ts'
import { NotFoundPage } from '../errors/NotFoundPage.tsx'
import { TestStage } from './TestStage.tsx'

/** A speaking test under way: one task at a time, from the first that is still to be done. */
export function TestPage() {
  const sessionId = decodeURIComponent(useRoute().params['sessionId'] ?? '')
  const { data, loading, error, refetch } = useSpeakingTestQuery({
    variables: { id: sessionId },
    fetchPolicy: 'cache-and-network',
  })
  const test = data?.session
  if (test?.__typename === 'SpeakingTest')
    return test.status === 'ACTIVE' ? (
      <OpenTest key={test.id} test={test} onRefetch={refetch} />
    ) : (
      <ToReview id={test.id} />
    )
  if (loading) return <Loading label="Loading the test" />
  if (error)
    return (
      <Page title="We could not load this test">
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      </Page>
    )
  return <NotFoundPage />
}

function OpenTest({ test, onRefetch }: { test: SpeakingTest; onRefetch: () => Promise<unknown> }) {
  return (
    <Page
      title={test.title}
      tabTitle={`Speaking test: ${test.title}`}
      back={{ href: pathTo.tests, label: 'Leave, and go on later' }}
      actions={test.level ? <span class="badge badge--level">{test.level}</span> : undefined}
    >
      <AnswerKeeper session={test} noun="test">
        {(outbox) => <TestStage test={test} outbox={outbox} onRefetch={onRefetch} />}
      </AnswerKeeper>
    </Page>
  )
}

/** A test that is over has no tasks left to do. */
function ToReview({ id }: { id: string }) {
  const { route } = useLocation()
  useEffect(() => route(pathTo.session(id), true), [id])
  return null
}
