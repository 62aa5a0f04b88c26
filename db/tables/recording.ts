import type { JSONColumnType } from 'kysely'
import type { RecordingId, SessionId, TestTaskId, UserId } from '../../server/domain/ids.ts'
import type { RecordingQuality } from '../../server/domain/recording-quality.ts'
import type { TranscriptionStatus } from '../../server/domain/transcription-status.ts'

/** Why a recording could not be measured, or written down: a code for programs, a sentence for people. */
export interface RecordingFailure {
  code: string
  message: string
  retryable: boolean
  /** RFC 3339. */
  at: string
}

export interface RecordingsTable {
  id: RecordingId
  session_id: SessionId
  user_id: UserId
  /** Of a speaking test: the task that it answers. */
  task_id: TestTaskId | null
  part: number
  start_ms: number
  mime_type: string
  size_bytes: number
  duration_seconds: number
  /** Lower-case hex, as announced; what is stored was checked against it. */
  sha256: string
  /** Where the browser may put it. */
  incoming_key: string
  /** Where it lies once verified; null until then. */
  storage_key: string | null
  is_primary: boolean
  uploaded_at: Date | null
  created_at: Date
  /** The last time, where it was announced anew. */
  announced_at: Date
  /** When the store was last asked for it. */
  looked_for_at: Date | null
  /** Since when the store does not have it any more. */
  missing_at: Date | null
  /** PENDING until it was measured, MISSING when it cannot be: `measure_failure` says why. */
  quality: RecordingQuality
  /** Null until it was measured, as is all that was. */
  measured_at: Date | null
  measured_seconds: number | null
  sample_rate: number | null
  channels: number | null
  /** Where levels and peaks lie (server/audio/measurement-file.ts). */
  measurement_key: string | null
  measure_failure: JSONColumnType<RecordingFailure> | null
  /** Times that measuring was begun. */
  measure_attempts: number
  /** When its audio was deleted for its age; what was measured of it stays. */
  pruned_at: Date | null
  transcription_status: TranscriptionStatus
  /** Where that is FAILED. */
  transcription_failure: JSONColumnType<RecordingFailure> | null
  /** Null as long as it is NONE from the beginning. */
  transcription_changed_at: Date | null
  /** Times that its learner had what failed tried again. */
  retries: number
}
