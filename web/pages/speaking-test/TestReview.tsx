import type { SessionReviewQuery } from '../../gql/documents.ts'
import { useTestResultsQuery } from '../../gql/hooks.ts'
import { FeedbackSection } from '../review/feedback/FeedbackSection.tsx'
import type { QuotePlace } from '../review/feedback/Quote.tsx'
import { TaskResults } from './TaskResults.tsx'

type ReviewedTest = Extract<NonNullable<SessionReviewQuery['session']>, { __typename: 'SpeakingTest' }>

/** A test that is over: how it was judged, then answer by answer. A quote leads to the answer that it is from. */
export function TestReview({ session }: { session: ReviewedTest }) {
  // What the answers below have fetched.
  const { data } = useTestResultsQuery({ variables: { id: session.id }, fetchPolicy: 'cache-only' })
  const tasks = data?.session?.__typename === 'SpeakingTest' ? data.session.tasks : []
  const findPlace = (itemId: string): QuotePlace | null => {
    const task = tasks.find(({ segments }) => segments.some((segment) => segment.itemId === itemId))
    const segment = task?.segments.find((each) => each.itemId === itemId)
    if (!task || !segment) return null
    const startMs = Math.max(0, segment.startMs - (task.recording?.startMs ?? 0))
    return { startMs, canHear: false, go: () => showTask(task.index) }
  }
  const { status, hasAudio, hasTranscript } = session
  return (
    <div class="test-review">
      {status !== 'ACTIVE' && (
        <FeedbackSection
          sessionId={session.id}
          status={status}
          isEmpty={!hasAudio && !hasTranscript}
          feedback={session}
          findPlace={findPlace}
        />
      )}
      <TaskResults session={session} />
    </div>
  )
}

function showTask(index: number): void {
  const task = document.getElementById(`task-${index}`)
  task?.scrollIntoView({ block: 'start' })
  task?.focus({ preventScroll: true })
}
