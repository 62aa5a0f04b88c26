import type { SessionId, UserId } from '../../server/domain/ids.ts'
import type { SegmentSource, Speaker } from '../../server/domain/transcript.ts'

export interface TranscriptsTable {
  session_id: SessionId
  user_id: UserId
  revision: number
  finalized_at: Date | null
  /** Segments that the browser said it still held when it ended the session. */
  pending_segments: number
  language: string | null
  provider: string | null
  model: string | null
}

export interface SegmentsTable {
  session_id: SessionId
  user_id: UserId
  item_id: string
  call_number: number
  previous_item_id: string | null
  sequence: number
  source: SegmentSource
  task_id: string | null
  speaker: Speaker
  text: string
  start_ms: number
  end_ms: number
  received_start_ms: number
  received_end_ms: number
  final: boolean
  interrupted: boolean
  revision: number
}
