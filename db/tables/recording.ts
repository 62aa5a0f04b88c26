import type { RecordingId, SessionId, UserId } from '../../server/domain/ids.ts'

export interface RecordingsTable {
  id: RecordingId
  session_id: SessionId
  user_id: UserId
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
  /** When the store was last asked for it. */
  looked_for_at: Date | null
  /** Since when the store does not have it any more. */
  missing_at: Date | null
}
