import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useTopics } from '../../hooks/use-topics.ts'
import { pathTo } from '../../paths.ts'
import { TopicBrowser } from './TopicBrowser.tsx'

/** What to talk about today: one suggestion, and every topic by level. */
export function PractisePage() {
  const { preferences, name } = useViewer()
  const { topics, levels, isLoading, error, refetch } = useTopics()
  return (
    <Page
      title={name ? `What shall we talk about, ${name}?` : 'What shall we talk about?'}
      tabTitle="Practise"
      lead="Pick a topic. Your partner starts, and waits for you."
      actions={
        <a class="button" href={pathTo.tests}>
          Take a speaking test
        </a>
      }
    >
      {error && (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      )}
      {isLoading && <Loading label="Loading topics" />}
      {!isLoading && !error && topics.length === 0 && (
        <EmptyState icon="practise" title="No topics yet">
          The administrator of this installation has not added any topics.
        </EmptyState>
      )}
      {topics.length > 0 && <TopicBrowser topics={topics} levels={levels} preferred={preferences.level} />}
    </Page>
  )
}
