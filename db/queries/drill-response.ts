import type { DrillResponseId, RecordingId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'

/** The one answer of a drill: typed or recorded. */
export interface DrillResponseRecord {
  id: DrillResponseId
  sessionId: SessionId
  /** As it was typed; null for a recorded answer. */
  content: string | null
  recordingId: RecordingId | null
  /** As known when it was submitted; null for a typed answer. */
  audioDurationSeconds: number | null
  /** Null for a recorded answer. */
  wordCount: number | null
  createdAt: Date
}

const columns = [
  'id',
  'session_id as sessionId',
  'content',
  'recording_id as recordingId',
  'audio_duration_s as audioDurationSeconds',
  'word_count as wordCount',
  'created_at as createdAt',
] as const

/** Null until the drill is answered, and for what is no drill of the viewer's. */
export async function findDrillResponse(tx: Tx, sessionId: SessionId): Promise<DrillResponseRecord | null> {
  const query = tx.selectFrom('drill_responses').select(columns).where('session_id', '=', sessionId)
  return (await query.executeTakeFirst()) ?? null
}

/** Writes the answer once and for all. */
export async function insertDrillResponse(tx: Tx, userId: UserId, response: DrillResponseRecord): Promise<void> {
  await tx
    .insertInto('drill_responses')
    .values({
      id: response.id,
      session_id: response.sessionId,
      user_id: userId,
      content: response.content,
      recording_id: response.recordingId,
      audio_duration_s: response.audioDurationSeconds,
      word_count: response.wordCount,
      created_at: response.createdAt,
    })
    .execute()
}
