import type { RecordingStatePartsFragment } from '../../gql/documents.ts'
import { RetryRecording } from './RetryRecording.tsx'

export interface MeasureTroubleProps {
  recording: RecordingStatePartsFragment & { id: string }
  /** Of a speaking test: the task's number. */
  index?: number
}

/** Why a recording was not measured, and another try where that may help. Nothing where it was, or where its audio was removed. */
export function MeasureTrouble({ recording: { id, measureFailure, prunedAt }, index }: MeasureTroubleProps) {
  if (!measureFailure || prunedAt) return null
  const aim = ` to measure the sound${index === undefined ? '' : ` of task ${index}`}`
  return (
    <RetryRecording recordingId={id} tone="warning" action={measureFailure.retryable ? 'Try again' : null} aim={aim}>
      {measureFailure.message}
    </RetryRecording>
  )
}
