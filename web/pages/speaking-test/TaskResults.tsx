import { useEffect } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import type { TestResultsQuery } from '../../gql/documents.ts'
import { useTestResultsQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import { pathTo } from '../../paths.ts'
import { TaskResult } from './TaskResult.tsx'

export type ResultTask = Extract<
  NonNullable<TestResultsQuery['session']>,
  { __typename: 'SpeakingTest' }
>['tasks'][number]

export interface TaskResultsProps {
  /** Changes of it say that there is more to fetch: transcripts and numbers come by themselves. */
  session: { __typename: string; id: string; status: string; updatedAt: string; evaluationStatus: string }
}

/** Of a speaking test, task by task: what was asked, what was said, and what was measured. Nothing for other sessions. */
export function TaskResults({ session }: TaskResultsProps) {
  if (session.__typename !== 'SpeakingTest') return null
  if (session.status !== 'ACTIVE') return <Results session={session} />
  const resume = (
    <a class="button" href={pathTo.test(session.id)}>
      Resume
    </a>
  )
  return <Notice action={resume}>This test is not finished yet. Its answers appear here at the end.</Notice>
}

function Results({ session }: TaskResultsProps) {
  const { id, updatedAt, evaluationStatus } = session
  const { data, error, loading, refetch } = useTestResultsQuery({ variables: { id }, fetchPolicy: 'cache-and-network' })
  useEffect(() => void refetch().catch(() => undefined), [refetch, updatedAt, evaluationStatus])
  const tasks = data?.session?.__typename === 'SpeakingTest' ? data.session.tasks : null
  const isUnderWay = evaluationStatus === 'PENDING' || evaluationStatus === 'PROCESSING'
  return (
    <section class="results" aria-labelledby="results-title">
      <h2 id="results-title">Task by task</h2>
      {tasks && data?.canTranscribe === false && <NotWrittenDown tasks={tasks} />}
      {tasks ? (
        <ol class="results__list">
          {tasks.map((task) => (
            <li key={task.id}>
              <TaskResult
                sessionId={id}
                task={task}
                isUnderWay={isUnderWay}
                canTranscribe={data?.canTranscribe ?? false}
                onRefetch={refetch}
              />
            </li>
          ))}
        </ol>
      ) : error && !loading ? (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      ) : (
        <Loading label="Loading your answers" rows={2} />
      )}
    </section>
  )
}

/** Where nothing can transcribe: said once, with what would mend it. */
function NotWrittenDown({ tasks }: { tasks: readonly ResultTask[] }) {
  const answered = tasks.filter(({ status }) => status === 'DONE')
  if (answered.length === 0 || answered.some(({ segments }) => segments.length > 0)) return null
  return (
    <Notice>
      This installation has no speech model, so nobody wrote down what you said: your pauses were measured, your words
      were not. You can type them below. An administrator adds a speech model as <code>docs/speech-model.md</code>{' '}
      describes.
    </Notice>
  )
}
