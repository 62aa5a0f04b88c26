import type { Tx } from '../../db/client.ts'
import { insertJob } from '../../db/queries/job.ts'
import type { RecordingRecord } from '../../db/queries/recording.ts'
import { updateTranscription } from '../../db/queries/recording-transcription.ts'
import type { RecordingId } from '../domain/ids.ts'
import type { SessionMode } from '../domain/session-state.ts'
import { transcribeRecordingJob } from '../jobs/definitions.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Queues the writing down of a stored recording, in the caller's transaction. */
export async function queueTranscription(deps: Pick<ServiceDeps, 'clock'>, tx: Tx, id: RecordingId): Promise<void> {
  const now = deps.clock()
  if (await updateTranscription(tx, id, { status: 'PENDING', now }))
    await insertJob(tx, transcribeRecordingJob(id, now))
}

/** An answer without words that a new try may bring: nobody could write it down before, or what failed may come right. */
export function mayBeTranscribed(mode: SessionMode, recording: RecordingRecord): boolean {
  const { taskId, isPrimary, storageKey, prunedAt, transcriptionStatus: status, transcriptionFailure } = recording
  // Of a drill's tries the one that was submitted.
  const isAnswer = mode === 'DRILL' ? isPrimary : taskId !== null
  if (!isAnswer || storageKey === null || prunedAt !== null) return false
  return status === 'NONE' || (status === 'FAILED' && transcriptionFailure?.retryable === true)
}
