import { RetryRecording } from '../review/RetryRecording.tsx'
import { AnswerTextForm } from './AnswerTextForm.tsx'
import type { TaskResultProps } from './TaskResult.tsx'
import type { ResultTask } from './TaskResults.tsx'

/** What was said in one answer, or where its writing down stands. As long as there are no words the learner can type them. */
export function ResultWords({ sessionId, task, canTranscribe, onRefetch }: Omit<TaskResultProps, 'isUnderWay'>) {
  const { segments, recording, index } = task
  if (segments.length > 0) return <Words segments={segments} />
  if (recording?.transcriptionStatus === 'PENDING' || recording?.transcriptionStatus === 'PROCESSING')
    return (
      <p class="soft small" role="status">
        <span class="spinner" aria-hidden="true" /> Writing down what you said…
      </p>
    )
  if (!recording?.url) return null
  return (
    <>
      <NoWords recording={recording} index={index} canTranscribe={canTranscribe} />
      <AnswerTextForm sessionId={sessionId} recordingId={recording.id} index={index} onDone={onRefetch} />
    </>
  )
}

function Words({ segments }: Pick<ResultTask, 'segments'>) {
  return (
    <div class="result__words">
      <h4>What you said</h4>
      <p>{segments.map(({ text }) => text).join(' ')}</p>
      {segments.some(({ source }) => source === 'TYPED' || source === 'ALIGNED') && (
        <p class="faint small">Typed by you afterwards.</p>
      )}
    </div>
  )
}

function NoWords({
  recording: { id, transcriptionStatus: status, transcriptionFailure: failure },
  index,
  canTranscribe,
}: Pick<TaskResultProps, 'canTranscribe'> & { recording: NonNullable<ResultTask['recording']>; index: number }) {
  if (failure) {
    const action = failure.retryable ? 'Try again' : null
    return (
      <RetryRecording recordingId={id} tone="warning" action={action} aim={` to write down task ${index}`}>
        <strong>What you said is not written down.</strong> {failure.message}
      </RetryRecording>
    )
  }
  if (status === 'COMPLETED') return <p class="soft small">No words were understood in this recording.</p>
  if (!canTranscribe) return null
  return (
    <RetryRecording recordingId={id} tone="info" action="Write down what I said" aim={` in task ${index}`}>
      When you handed this answer in, nothing here could write it down. Now it can be done.
    </RetryRecording>
  )
}
