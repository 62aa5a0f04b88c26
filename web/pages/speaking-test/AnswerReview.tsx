import { AudioPlayer } from '../../components/AudioPlayer.tsx'
import { Button } from '../../components/Button.tsx'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { toDuration } from '../../components/format.ts'
import { useAnswerSound } from '../../hooks/use-answer-sound.ts'
import { usePlayer } from '../../hooks/use-player.ts'
import type { Outbox } from '../../realtime/outbox.ts'
import type { RecordedAnswer, StopCause } from '../../realtime/task-run.ts'
import { answerProblems } from './test-words.ts'

export interface AnswerReviewProps {
  sessionId: string
  part: number
  outbox: Outbox
  answer: RecordedAnswer
  canRecord: boolean
  /** What hands it in, where that goes nowhere else. */
  next?: string
  onAgain: () => void
  onNext: () => void
}

const causes: Record<StopCause, string> = {
  learner: '',
  'time-up': 'The time was up. ',
  'microphone-lost': '',
  left: 'You recorded this before you left. ',
}

/** What was recorded stays here until the learner hands it in. */
export function AnswerReview(props: AnswerReviewProps) {
  const { sessionId, part, outbox, answer, canRecord, next, onAgain, onNext } = props
  const url = useAnswerSound(outbox, sessionId, part)
  const { durationMs, isHeard, cause } = answer
  const recording = url === null ? null : { id: url, url, durationSeconds: durationMs / 1_000 }
  const player = usePlayer(recording, keepAddress)
  return (
    <div class="task__review">
      {cause === 'microphone-lost' && <FaultNotice message={answerProblems['microphone-lost']} />}
      {isHeard === false && <FaultNotice message={answerProblems.unheard} />}
      <p class="soft" role="status">
        {causes[cause]}
        {toDuration(Math.max(1, durationMs / 1_000))} recorded.
      </p>
      {url !== null && <AudioPlayer player={player} />}
      <div class="button-row">
        <Button look="primary" large onClick={onNext}>
          {next ?? 'Next'}
        </Button>
        <Button look="quiet" icon="mic" disabled={!canRecord} onClick={onAgain}>
          Record again
        </Button>
      </div>
      <p class="faint small">
        {next === undefined ? '“Next” hands this answer in: it then stays' : 'Once handed in it stays'} as it is.
      </p>
    </div>
  )
}

/** An address of this page's own does not expire. */
async function keepAddress(): Promise<void> {}
