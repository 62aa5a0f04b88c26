import { useState } from 'preact/hooks'
import { isLearnerText } from '../../../server/domain/learner-text.ts'
import { Notice } from '../../components/Notice.tsx'
import type { SegmentPartsFragment, SessionReviewQuery } from '../../gql/documents.ts'
import { useHeightVariable } from '../../hooks/use-height-variable.ts'
import { usePlayer } from '../../hooks/use-player.ts'
import { useTranscript } from '../../hooks/use-transcript.ts'
import { FeedbackSection } from './feedback/FeedbackSection.tsx'
import type { QuotePlace } from './feedback/Quote.tsx'
import { LearnerTextForm } from './LearnerTextForm.tsx'
import { RecordingNotice } from './RecordingNotice.tsx'
import { toRecordingSeconds, toSessionMs } from './recording-time.ts'
import { ReviewPlayer } from './ReviewPlayer.tsx'
import { ReviewTranscript } from './ReviewTranscript.tsx'

type ReviewSession = NonNullable<SessionReviewQuery['session']>

/** The recording, the words and what they are worth, tied together: a line or a quote that is pressed plays, and is lit. */
export function ReviewBody({ session, onRefetch }: { session: ReviewSession; onRefetch: () => Promise<unknown> }) {
  const { recording, status } = session
  const transcript = useTranscript(session.id, session.transcript)
  const player = usePlayer(recording, onRefetch)
  const head = useHeightVariable<HTMLDivElement>('--player-height')
  const [asked, setAsked] = useState<{ itemId: string } | null>(null)
  const canHear = Boolean(recording?.url)
  const place = recording ?? { startMs: 0 }
  const isStarted = canHear && (player.isPlaying || player.position > 0)
  const current = isStarted
    ? (findCurrent(transcript.segments, toSessionMs(player.position, place))?.itemId ?? null)
    : (asked?.itemId ?? null)
  const play = (segment: SegmentPartsFragment): void => player.seek(toRecordingSeconds(segment.startMs, place), true)
  const findPlace = (itemId: string): QuotePlace | null => {
    const segment = transcript.segments.find((each) => each.itemId === itemId)
    if (!segment) return null
    const go = (): void => {
      setAsked({ itemId })
      if (canHear) play(segment)
    }
    return { startMs: segment.startMs, canHear, go }
  }
  const isWide = session.evaluation !== null
  return (
    <div class="review" data-wide={isWide}>
      <div class="review__head" ref={head}>
        {canHear && recording && (
          <ReviewPlayer
            player={player}
            recording={recording}
            segments={transcript.segments}
            pauses={toPauses(session)}
          />
        )}
      </div>
      <div class="review__notices">
        <RecordingNotice status={status} recording={recording} />
        {transcript.hasEnded && <Notice tone="warning">Live updates for this session have ended.</Notice>}
      </div>
      {canHear && mayTellWords(session, transcript.segments) && <LearnerTextForm sessionId={session.id} />}
      <div class="review__columns">
        <FeedbackSection
          sessionId={session.id}
          status={status}
          isEmpty={transcript.segments.length === 0 && !recording}
          feedback={session}
          findPlace={findPlace}
        />
        <ReviewTranscript
          segments={transcript.segments}
          isActive={status === 'ACTIVE'}
          currentItemId={current}
          jump={asked}
          onPlay={canHear ? play : null}
        />
      </div>
    </div>
  )
}

function toPauses({ evaluation }: ReviewSession): readonly { startMs: number; endMs: number }[] {
  return evaluation?.__typename === 'SpeakingEvaluation' ? evaluation.metrics.pauses : []
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
