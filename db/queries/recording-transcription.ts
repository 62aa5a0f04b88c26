/** Where the writing down of recordings stands. */
import { sql } from 'kysely'
import type { RecordingId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { TranscriptionStatus } from '../../server/domain/transcription-status.ts'
import type { Tx } from '../client.ts'
import type { RecordingFailure } from '../tables/recording.ts'

export interface TranscriptionState {
  status: TranscriptionStatus
  /** Where status is FAILED. */
  failure?: RecordingFailure
  now: Date
}

/** False for what is COMPLETED already, or deleted. */
export async function updateTranscription(tx: Tx, id: RecordingId, state: TranscriptionState): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recordings')
    .set({
      transcription_status: state.status,
      transcription_failure: state.failure ? JSON.stringify(state.failure) : null,
      transcription_changed_at: state.now,
    })
    .where('id', '=', id)
    .where('transcription_status', '<>', 'COMPLETED')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Counts one more wish of the learner's. */
export async function incrementRetries(tx: Tx, id: RecordingId): Promise<void> {
  await tx
    .updateTable('recordings')
    .set({ retries: sql`retries + 1` })
    .where('id', '=', id)
    .execute()
}

export interface TranscriptionUnderWay {
  id: RecordingId
  sessionId: SessionId
  userId: UserId
  status: 'PENDING' | 'PROCESSING'
}

/** Of which nothing was heard since `before`, oldest first. System only. */
export async function listForgottenTranscriptions(
  tx: Tx,
  due: { before: Date; limit: number },
): Promise<TranscriptionUnderWay[]> {
  return tx
    .selectFrom('recordings')
    .select(['id', 'session_id as sessionId', 'user_id as userId', 'transcription_status as status'])
    .where('transcription_status', 'in', ['PENDING', 'PROCESSING'])
    .where('transcription_changed_at', '<', due.before)
    .orderBy('transcription_changed_at')
    .limit(due.limit)
    .$narrowType<{ status: 'PENDING' | 'PROCESSING' }>()
    .execute()
}
