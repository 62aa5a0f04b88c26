import { useEffect, useState } from 'preact/hooks'
import { applyDelta } from '../../server/domain/transcript.ts'
import type { SegmentPartsFragment } from '../gql/documents.ts'
import { useTranscriptSegmentsSubscription } from '../gql/hooks.ts'

export interface HeldTranscript {
  revision: number
  finalized: boolean
  segments: readonly SegmentPartsFragment[]
}

/**
 * A transcript that goes on from what a query gave: each delta is applied as it is committed, until the transcript is
 * finalized. `hasEnded` is true when it stopped before that: access ended, or the session was deleted. Segments in
 * sequence order.
 */
export function useTranscript(sessionId: string, first: HeldTranscript): HeldTranscript & { hasEnded: boolean } {
  const [held, setHeld] = useState(first)
  const [hasEnded, setHasEnded] = useState(false)
  const [startRevision] = useState(first.revision)
  // A newer answer of the query counts too: after a reload of the cache it may be ahead of the subscription.
  useEffect(() => setHeld((now) => (first.revision > now.revision ? join(now, first) : now)), [first.revision])
  useTranscriptSegmentsSubscription({
    variables: { sessionId, afterRevision: startRevision },
    skip: first.finalized,
    fetchPolicy: 'no-cache',
    onData: ({ data }) => {
      const delta = data.data?.transcriptSegments
      if (delta) setHeld((now) => join(now, delta))
    },
    onComplete: () => setHasEnded(true),
  })
  return { ...held, hasEnded: hasEnded && !held.finalized }
}

function join(held: HeldTranscript, delta: HeldTranscript): HeldTranscript {
  return {
    revision: Math.max(held.revision, delta.revision),
    finalized: held.finalized || delta.finalized,
    segments: applyDelta(held.segments, delta.segments),
  }
}
