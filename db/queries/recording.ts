import { type NotNull, sql } from 'kysely'
import type { RecordingId, SessionId, TestTaskId, UserId } from '../../server/domain/ids.ts'
import type { RecordingQuality } from '../../server/domain/recording-quality.ts'
import type { TranscriptionStatus } from '../../server/domain/transcription-status.ts'
import type { Tx } from '../client.ts'
import type { RecordingFailure } from '../tables/recording.ts'

export interface RecordingRecord {
  id: RecordingId
  sessionId: SessionId
  /** Of a speaking test: the task that it answers. */
  taskId: TestTaskId | null
  part: number
  startMs: number
  mimeType: string
  sizeBytes: number
  durationSeconds: number
  sha256: string
  incomingKey: string
  storageKey: string | null
  isPrimary: boolean
  uploadedAt: Date | null
  /** Since when the store does not have it any more; null while it does, or until it is uploaded. */
  missingAt: Date | null
  /** PENDING until it was measured, MISSING when it cannot be: `measureFailure` says why. */
  quality: RecordingQuality
  /** Null until it was measured, as is all that was. */
  measuredAt: Date | null
  measuredSeconds: number | null
  sampleRate: number | null
  channels: number | null
  /** Where its levels and peaks lie. */
  measurementKey: string | null
  measureFailure: RecordingFailure | null
  /** When its audio was deleted for its age. */
  prunedAt: Date | null
  transcriptionStatus: TranscriptionStatus
  /** Where that is FAILED. */
  transcriptionFailure: RecordingFailure | null
  /** Null as long as it is NONE from the beginning. */
  transcriptionChangedAt: Date | null
  /** Times that its learner had what failed tried again. */
  retries: number
}

/** What a client announces before it uploads. */
export interface NewRecording {
  id: RecordingId
  sessionId: SessionId
  userId: UserId
  taskId: TestTaskId | null
  part: number
  startMs: number
  mimeType: string
  sizeBytes: number
  durationSeconds: number
  sha256: string
  incomingKey: string
  now: Date
}

/** Those of a RecordingRecord, by their names in the table. */
export const recordingColumns = [
  'id',
  'session_id as sessionId',
  'task_id as taskId',
  'part',
  'start_ms as startMs',
  'mime_type as mimeType',
  'size_bytes as sizeBytes',
  'duration_seconds as durationSeconds',
  'sha256',
  'incoming_key as incomingKey',
  'storage_key as storageKey',
  'is_primary as isPrimary',
  'uploaded_at as uploadedAt',
  'missing_at as missingAt',
  'quality',
  'measured_at as measuredAt',
  'measured_seconds as measuredSeconds',
  'sample_rate as sampleRate',
  'channels',
  'measurement_key as measurementKey',
  'measure_failure as measureFailure',
  'pruned_at as prunedAt',
  'transcription_status as transcriptionStatus',
  'transcription_failure as transcriptionFailure',
  'transcription_changed_at as transcriptionChangedAt',
  'retries',
] as const

/** Null for what does not exist and for what is not the viewer's. */
export async function findRecording(tx: Tx, id: RecordingId): Promise<RecordingRecord | null> {
  return (await tx.selectFrom('recordings').select(recordingColumns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Holds the row until the transaction ends. */
export async function lockRecordingPart(tx: Tx, sessionId: SessionId, part: number): Promise<RecordingRecord | null> {
  const query = tx
    .selectFrom('recordings')
    .select(recordingColumns)
    .where('session_id', '=', sessionId)
    .where('part', '=', part)
  return (await query.forUpdate().executeTakeFirst()) ?? null
}

/** By part. */
export async function listRecordings(tx: Tx, sessionId: SessionId): Promise<RecordingRecord[]> {
  return listRecordingsOf(tx, [sessionId])
}

/** Of any of these sessions; by part. */
export async function listRecordingsOf(tx: Tx, sessionIds: readonly SessionId[]): Promise<RecordingRecord[]> {
  return tx
    .selectFrom('recordings')
    .select(recordingColumns)
    .where('session_id', '=', sql<SessionId>`any(${sessionIds}::uuid[])`)
    .orderBy('part')
    .execute()
}

/** Announces a part for the first time; gives the row. */
export async function insertRecording(tx: Tx, recording: NewRecording): Promise<RecordingRecord> {
  return tx
    .insertInto('recordings')
    .values({
      id: recording.id,
      session_id: recording.sessionId,
      user_id: recording.userId,
      task_id: recording.taskId,
      part: recording.part,
      ...announcedColumns(recording),
      storage_key: null,
      is_primary: false,
      uploaded_at: null,
      created_at: recording.now,
      looked_for_at: null,
      missing_at: null,
      quality: 'PENDING',
      measured_at: null,
      measured_seconds: null,
      sample_rate: null,
      channels: null,
      measurement_key: null,
      measure_failure: null,
      measure_attempts: 0,
      pruned_at: null,
      transcription_status: 'NONE',
      transcription_failure: null,
      transcription_changed_at: null,
      retries: 0,
    })
    .returning(recordingColumns)
    .executeTakeFirstOrThrow()
}

/** A part that was announced but not yet verified may be announced anew, with other bytes. */
export async function updateAnnouncedRecording(
  tx: Tx,
  id: RecordingId,
  recording: NewRecording,
): Promise<RecordingRecord> {
  return tx
    .updateTable('recordings')
    .set(announcedColumns(recording))
    .where('id', '=', id)
    .where('uploaded_at', 'is', null)
    .returning(recordingColumns)
    .executeTakeFirstOrThrow()
}

/** Null when it was verified before, or announced anew with other bytes since `sha256` was read. */
export async function updateVerifiedRecording(
  tx: Tx,
  verified: { id: RecordingId; sha256: string; storageKey: string; isPrimary: boolean; now: Date },
): Promise<RecordingRecord | null> {
  const row = await tx
    .updateTable('recordings')
    .set({ storage_key: verified.storageKey, is_primary: verified.isPrimary, uploaded_at: verified.now })
    .where('id', '=', verified.id)
    .where('sha256', '=', verified.sha256)
    .where('uploaded_at', 'is', null)
    .returning(recordingColumns)
    .executeTakeFirst()
  return row ?? null
}

/** The one that stands for the session, instead of whichever did. */
export async function updatePrimaryRecording(tx: Tx, sessionId: SessionId, id: RecordingId): Promise<void> {
  const ofSession = tx.updateTable('recordings').where('session_id', '=', sessionId)
  await ofSession.set({ is_primary: false }).where('is_primary', '=', true).where('id', '<>', id).execute()
  await ofSession.set({ is_primary: true }).where('id', '=', id).execute()
}

/**
 * Which of the keys are still needed: where a recording lies, where its upload is awaited, what was measured of it, and where an
 * export lies. System only.
 */
export async function listNeededKeys(tx: Tx, keys: readonly string[]): Promise<string[]> {
  const stored = tx
    .selectFrom('recordings')
    .select('storage_key as key')
    .where('storage_key', 'in', keys)
    .where('pruned_at', 'is', null)
  const measured = tx.selectFrom('recordings').select('measurement_key as key').where('measurement_key', 'in', keys)
  const awaited = tx
    .selectFrom('recordings')
    .select('incoming_key as key')
    .where('incoming_key', 'in', keys)
    .where('uploaded_at', 'is', null)
  const exported = tx.selectFrom('data_exports').select('storage_key as key').where('storage_key', 'in', keys)
  const rows = await stored.unionAll(awaited).unionAll(measured).unionAll(exported).execute()
  return rows.flatMap(({ key }) => (key === null ? [] : [key]))
}

export interface UnfinishedRecording extends Pick<RecordingRecord, 'id' | 'incomingKey' | 'sizeBytes' | 'sha256'> {
  userId: UserId
  announcedAt: Date
}

/** Announced, the last time, between the two times and never verified; oldest first, from behind `after`. System only. */
export async function listUnfinishedRecordings(
  tx: Tx,
  range: { announcedAfter: Date; announcedBefore: Date; limit: number },
  after: UnfinishedRecording | null,
): Promise<UnfinishedRecording[]> {
  return tx
    .selectFrom('recordings')
    .select([
      'id',
      'user_id as userId',
      'incoming_key as incomingKey',
      'size_bytes as sizeBytes',
      'sha256',
      'announced_at as announcedAt',
    ])
    .where('uploaded_at', 'is', null)
    .where('announced_at', '>', range.announcedAfter)
    .where('announced_at', '<', range.announcedBefore)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(announced_at, id) > (${after?.announcedAt}, ${after?.id}::uuid)`),
    )
    .orderBy('announced_at')
    .orderBy('id')
    .limit(range.limit)
    .execute()
}

/** Stored recordings that were not looked for since, those never looked for first. System only. */
export async function listRecordingsToLookFor(
  tx: Tx,
  due: { lookedForBefore: Date; storedBefore: Date; limit: number },
): Promise<{ id: RecordingId; sessionId: SessionId; userId: UserId; storageKey: string; missingAt: Date | null }[]> {
  return tx
    .selectFrom('recordings')
    .select([
      'id',
      'session_id as sessionId',
      'user_id as userId',
      'storage_key as storageKey',
      'missing_at as missingAt',
    ])
    .where('storage_key', 'is not', null)
    .where('pruned_at', 'is', null)
    .where('uploaded_at', '<', due.storedBefore)
    .where((or) => or.or([or('looked_for_at', 'is', null), or('looked_for_at', '<', due.lookedForBefore)]))
    .orderBy('looked_for_at', (order) => order.asc().nullsFirst())
    .orderBy('id')
    .limit(due.limit)
    .$narrowType<{ storageKey: NotNull }>()
    .execute()
}

/** Notes what a look into the store gave. False where it was deleted meanwhile. System only. */
export async function updateLookedFor(
  tx: Tx,
  id: RecordingId,
  look: { lookedForAt: Date; missingAt: Date | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recordings')
    .set({ looked_for_at: look.lookedForAt, missing_at: look.missingAt })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function announcedColumns(recording: NewRecording) {
  return {
    start_ms: recording.startMs,
    mime_type: recording.mimeType,
    size_bytes: recording.sizeBytes,
    duration_seconds: recording.durationSeconds,
    sha256: recording.sha256,
    incoming_key: recording.incomingKey,
    announced_at: recording.now,
  }
}
