import { useLocation, useRoute } from 'preact-iso'
import { useEffect } from 'preact/hooks'
import { forgetSession } from '../../../client/forget-session.ts'
import { Button } from '../../components/Button.tsx'
import { endCauses } from '../../components/fault-messages.ts'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { PublishedBadge } from '../../components/PublishedBadge.tsx'
import { SessionStatus } from '../../components/SessionStatus.tsx'
import { SessionLength } from '../../components/SessionLength.tsx'
import { toDay, toTime } from '../../components/format.ts'
import type { SessionReviewQuery } from '../../gql/documents.ts'
import { useSessionReviewQuery, useSessionUpdatedSubscription } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useServices } from '../../hooks/use-services.ts'
import { useStore } from '../../hooks/use-store.ts'
import { pathTo } from '../../paths.ts'
import { NotFoundPage } from '../errors/NotFoundPage.tsx'
import { TestReview } from '../speaking-test/TestReview.tsx'
import { SessionData } from './privacy/SessionData.tsx'
import { ReviewBody } from './ReviewBody.tsx'

type ReviewSession = NonNullable<SessionReviewQuery['session']>

/** One session: to hear and read again, or to follow while it goes on in another window. */
export function ReviewPage() {
  const sessionId = decodeURIComponent(useRoute().params['sessionId'] ?? '')
  const { data, loading, error, refetch, client } = useSessionReviewQuery({
    variables: { id: sessionId },
    fetchPolicy: 'cache-and-network',
  })
  const session = data?.session
  const isGone = session === null
  useEffect(() => {
    if (isGone) forgetSession(client.cache, sessionId)
  }, [isGone, sessionId, client])
  if (session?.__typename === 'Drill') return <ToDrill id={session.id} />
  if (session) return <Review key={session.id} session={session} onRefetch={refetch} />
  if (loading) return <Loading label="Loading the session" />
  if (error)
    return (
      <Page title="We could not load this session">
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      </Page>
    )
  return <NotFoundPage />
}

/** An answer to an interview question has a page of its own. */
function ToDrill({ id }: { id: string }) {
  const { route } = useLocation()
  useEffect(() => route(pathTo.drill(id), true), [id])
  return null
}

/** The end of a conversation of this tab: the server has verified the recording and taken every word. */
function JustSaved({ sessionId }: { sessionId: string }) {
  const { liveSession } = useServices()
  const live = useStore(liveSession)
  if (live?.sessionId !== sessionId || live.store.get().phase !== 'saved') return null
  const { endCause } = live.store.get()
  return (
    <Notice
      tone="good"
      action={
        <Button look="quiet" onClick={() => liveSession.set(null)}>
          Close
        </Button>
      }
    >
      Saved. The server has checked your recording and has every word.
      {endCause !== null && <p class="small">{endCauses[endCause].happened}</p>}
    </Notice>
  )
}

function Review({ session, onRefetch }: { session: ReviewSession; onRefetch: () => Promise<unknown> }) {
  // The cache takes what comes: status, recording and counts below change by themselves.
  // It ends where the session was deleted elsewhere: then the answer is that there is none.
  useSessionUpdatedSubscription({
    variables: { sessionId: session.id },
    onComplete: () => void onRefetch().catch(() => undefined),
  })
  const { preferences } = useViewer()
  const topic = session.__typename === 'Conversation' ? session.topic : null
  return (
    <Page
      title={session.title}
      back={{ href: pathTo.history, label: 'History' }}
      actions={
        topic && session.status !== 'ACTIVE' ? (
          <a class="button" href={pathTo.topic(topic.id)}>
            Practise again
          </a>
        ) : undefined
      }
    >
      <p class="review__facts">
        {session.level && <span class="badge">Practised at {session.level}</span>}
        <SessionStatus session={session} />
        {session.privacy === 'PUBLISHED' && <PublishedBadge />}
        <span class="soft">
          {toDay(session.startedAt, preferences.timeZone)}, {toTime(session.startedAt, preferences.timeZone)}
        </span>
        <span class="soft">
          <SessionLength session={session} />
        </span>
      </p>
      <JustSaved sessionId={session.id} />
      {session.failure && <Notice tone="warning">{session.failure.message}</Notice>}
      {session.__typename === 'SpeakingTest' ? (
        <TestReview session={session} />
      ) : (
        <ReviewBody session={session} onRefetch={onRefetch} />
      )}
      <SessionData session={session} />
    </Page>
  )
}
