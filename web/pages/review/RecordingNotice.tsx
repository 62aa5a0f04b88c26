import { Notice } from '../../components/Notice.tsx'
import { toDay } from '../../components/format.ts'
import type { ReviewRecordingFragment } from '../../gql/documents.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { MeasureTrouble } from './MeasureTrouble.tsx'

export interface RecordingNoticeProps {
  status: 'ACTIVE' | 'ENDED' | 'FAILED' | 'ABANDONED'
  recording: ReviewRecordingFragment | null
}

type Problem = Extract<ReviewRecordingFragment['quality'], 'QUIET' | 'CLIPPED' | 'SILENT' | 'MISSING'>

/** What is wrong with the sound, and what helps next time. */
const problems: Record<Problem, string> = {
  QUIET:
    'You are hard to hear in this recording, so pauses may be wrong. Next time move closer to the microphone, or turn it up in the settings of your system.',
  CLIPPED:
    'You were too loud for the microphone, so the sound is distorted. Next time move a little away from it, or turn it down in the settings of your system.',
  SILENT:
    'Your voice is not in this recording. Next time watch the bars at the microphone check: they move when you are heard.',
  MISSING:
    'The sound of this recording can no longer be read. The transcript is not touched by that. Ask the administrator of this installation to look at its store.',
}

/** Why there is nothing to hear, or why it sounds as it does. Nothing where all is well. */
export function RecordingNotice({ status, recording }: RecordingNoticeProps) {
  const { preferences } = useViewer()
  if (recording?.prunedAt)
    return (
      <Notice>
        The recording was removed on {toDate(recording.prunedAt, preferences.timeZone)}, because this installation keeps
        recordings for a limited time. The transcript and the numbers stay.
      </Notice>
    )
  if (recording?.measureFailure) return <MeasureTrouble recording={recording} />
  if (recording && isProblem(recording.quality)) return <Notice tone="warning">{problems[recording.quality]}</Notice>
  if (recording?.url || status === 'FAILED') return null
  return status === 'ACTIVE' ? (
    <Notice>
      This conversation is going on. Its words appear here as they are said; the recording follows at the end.
    </Notice>
  ) : (
    <Notice tone="warning">
      The recording has not arrived. If the conversation was on another device, open Parley there to finish saving it.
    </Notice>
  )
}

function isProblem(quality: ReviewRecordingFragment['quality']): quality is Problem {
  return quality in problems
}

/** With its year, whenever that was: seen from 1970 no day is today. */
function toDate(moment: string, timeZone: string | undefined): string {
  return toDay(moment, timeZone, 0)
}
