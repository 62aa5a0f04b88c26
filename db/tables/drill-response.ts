import type { DrillResponseId, RecordingId, SessionId, UserId } from '../../server/domain/ids.ts'

/** The one answer of a drill, typed or recorded; written once and never changed. */
export interface DrillResponsesTable {
  id: DrillResponseId
  session_id: SessionId
  user_id: UserId
  /** As it was typed. */
  content: string | null
  recording_id: RecordingId | null
  /** As known when it was submitted; null for a typed answer. */
  audio_duration_s: number | null
  /** Null for a recorded answer. */
  word_count: number | null
  created_at: Date
}
