import { AudioPlayer } from '../../components/AudioPlayer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Notice } from '../../components/Notice.tsx'
import { SourceLegend, TranscriptList } from '../../components/TranscriptList.tsx'
import { plural } from '../../components/format.ts'
import type { SegmentPartsFragment, SessionReviewQuery } from '../../gql/documents.ts'
import { isLearnerText } from '../../../server/domain/learner-text.ts'
import { usePlayer } from '../../hooks/use-player.ts'
import { useTranscript } from '../../hooks/use-transcript.ts'
import { LearnerTextForm } from './LearnerTextForm.tsx'

type ReviewSession = NonNullable<SessionReviewQuery['session']>

/** The recording and the words, tied together: a click on a line plays it, and the line that plays is lit. */
export function ReviewBody({ session, onRefetch }: { session: ReviewSession; onRefetch: () => Promise<unknown> }) {
  const { recording, status } = session
  const transcript = useTranscript(session.id, session.transcript)
  const player = usePlayer(recording, onRefetch)
  const canHear = Boolean(recording?.url)
  const offsetMs = recording?.startMs ?? 0
  const current =
    canHear && (player.isPlaying || player.position > 0)
      ? findCurrent(transcript.segments, player.position * 1_000 + offsetMs)
      : null
  const play = (segment: SegmentPartsFragment): void => player.seek((segment.startMs - offsetMs) / 1_000, true)
  return (
    <div class="review">
      {canHear && <AudioPlayer player={player} />}
      {!canHear && status === 'ACTIVE' && (
        <Notice>
          This conversation is going on. Its words appear here as they are said; the recording follows at the end.
        </Notice>
      )}
      {!canHear && status !== 'ACTIVE' && status !== 'FAILED' && (
        <Notice tone="warning">
          The recording has not arrived. If the conversation was on another device, open Parley there to finish saving
          it.
        </Notice>
      )}
      {transcript.hasEnded && <Notice tone="warning">Live updates for this session have ended.</Notice>}
      {canHear && mayTellWords(session, transcript.segments) && <LearnerTextForm sessionId={session.id} />}
      <section class="review__words" aria-labelledby="transcript-title">
        <header class="review__words-head">
          <h2 id="transcript-title">What was said</h2>
          <p class="faint small" role={status === 'ACTIVE' ? 'status' : undefined}>
            {plural(transcript.segments.length, 'line')}
          </p>
        </header>
        {transcript.segments.length === 0 ? (
          <EmptyState
            icon="captions"
            title={status === 'ACTIVE' ? 'Nothing has been said yet' : 'No words were recorded'}
          >
            {status === 'ACTIVE' ? 'The first words will appear here.' : 'This session ended before anything was said.'}
          </EmptyState>
        ) : (
          <>
            <TranscriptList
              segments={transcript.segments}
              currentItemId={current?.itemId ?? null}
              onPlay={canHear ? play : null}
            />
            <SourceLegend segments={transcript.segments} />
          </>
        )}
      </section>
    </div>
  )
}

/** After free talk, as long as nothing of the learner's speech is in the transcript. */
function mayTellWords(session: ReviewSession, segments: readonly SegmentPartsFragment[]): boolean {
  if (session.__typename !== 'Conversation' || session.talk !== 'FREE' || session.status === 'ACTIVE') return false
  return segments.every(
    (segment) => segment.speaker === 'PARTNER' || (segment.source === 'TYPED' && !isLearnerText(segment)),
  )
}

/** The line that is being said, or the last one before the pause. */
function findCurrent(segments: readonly SegmentPartsFragment[], atMs: number): SegmentPartsFragment | null {
  const speaking = segments.findLast((segment) => segment.startMs <= atMs && atMs < segment.endMs)
  return speaking ?? segments.findLast((segment) => segment.startMs <= atMs) ?? null
}
