import { useRoute } from 'preact-iso'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { toClock, toDate } from '../../components/format.ts'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import type { PublishedSessionQuery } from '../../gql/documents.ts'
import { usePublishedSessionQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'

type Published = NonNullable<PublishedSessionQuery['publishedSession']>

/** A session that its owner shows to whoever has the link. */
export function PublishedPage() {
  const slug = useRoute().params['slug'] ?? ''
  const { data, loading, error, refetch } = usePublishedSessionQuery({
    variables: { slug },
    fetchPolicy: 'network-only',
  })
  if (data?.publishedSession) return <PublishedSession session={data.publishedSession} />
  if (loading) return <Loading label="Loading the session" />
  if (error)
    return (
      <Page title="We could not load this session">
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      </Page>
    )
  return (
    <Page title="There is nothing here">
      <EmptyState icon="globe" title="This session is not public">
        The link may be mistyped, or whoever published it has taken it back.
      </EmptyState>
    </Page>
  )
}

function PublishedSession({ session }: { session: Published }) {
  const author = session.authorName ?? 'A learner'
  return (
    <Page title={session.title} lead={`${author}, practising with Parley on ${toDate(session.startedAt)}`}>
      {session.level && (
        <p class="review__facts">
          <span class="badge">Practised at {session.level}</span>
        </p>
      )}
      {session.recordings.map(({ part, url }) => (
        <audio
          key={part}
          class="published__sound"
          controls
          preload="none"
          src={url}
          aria-label={session.recordings.length > 1 ? `Recording, part ${part}` : 'Recording'}
        />
      ))}
      <ol class="transcript" aria-label="Transcript">
        {session.segments.map((segment) => (
          <li key={segment.itemId} class="line" data-speaker={segment.speaker} data-final={segment.final}>
            <div class="line__button">
              <span class="line__head">
                <span class="line__who">{segment.speaker === 'LEARNER' ? author : 'Partner'}</span>
                <span class="numeric faint small">{toClock(segment.startMs / 1_000)}</span>
              </span>
              <span class="line__text">{segment.text}</span>
            </div>
          </li>
        ))}
      </ol>
    </Page>
  )
}
