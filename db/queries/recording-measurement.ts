/** What is measured of stored recordings, and what was not yet. System only, all of it. */
import { type NotNull, sql } from 'kysely'
import type { RecordingId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { MeasuredQuality } from '../../server/domain/recording-quality.ts'
import type { Tx } from '../client.ts'
import type { RecordingFailure } from '../tables/recording.ts'

export interface RecordingToMeasure {
  id: RecordingId
  sessionId: SessionId
  userId: UserId
  part: number
  sha256: string
  storageKey: string
  prunedAt: Date | null
  /** Times that measuring was begun, this one included. */
  attempts: number
}

/** Counts one more try. Null for what is not stored, does not exist, or is settled: measured, or found to be beyond it. */
export async function beginMeasuring(tx: Tx, id: RecordingId): Promise<RecordingToMeasure | null> {
  const row = await tx
    .updateTable('recordings')
    .set({ measure_attempts: sql`measure_attempts + 1` })
    .where('id', '=', id)
    .where('storage_key', 'is not', null)
    .where('quality', '=', 'PENDING')
    .returning([
      'id',
      'session_id as sessionId',
      'user_id as userId',
      'part',
      'sha256',
      'storage_key as storageKey',
      'pruned_at as prunedAt',
      'measure_attempts as attempts',
    ])
    .$narrowType<{ storageKey: NotNull }>()
    .executeTakeFirst()
  return row ?? null
}

export interface MeasuredFacts {
  quality: MeasuredQuality
  seconds: number
  sampleRate: number
  channels: number
  measurementKey: string
}

/** False for what is settled already, or deleted. */
export async function updateMeasured(tx: Tx, id: RecordingId, facts: MeasuredFacts, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recordings')
    .set({
      quality: facts.quality,
      measured_at: now,
      measured_seconds: facts.seconds,
      sample_rate: facts.sampleRate,
      channels: facts.channels,
      measurement_key: facts.measurementKey,
    })
    .where('id', '=', id)
    .where('quality', '=', 'PENDING')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** False for what is settled already, or deleted. */
export async function updateMeasureFailure(tx: Tx, id: RecordingId, failure: RecordingFailure): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recordings')
    .set({ quality: 'MISSING', measure_failure: JSON.stringify(failure) })
    .where('id', '=', id)
    .where('quality', '=', 'PENDING')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Forgets why it could not be measured. False for what was measured, or never failed. */
export async function updateToMeasureAgain(tx: Tx, id: RecordingId): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recordings')
    .set({ quality: 'PENDING', measure_failure: null, measure_attempts: 0 })
    .where('id', '=', id)
    .where('quality', '=', 'MISSING')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Stored before `before` and not measured, though nothing is known that speaks against it; oldest first. */
export async function listUnmeasured(tx: Tx, due: { before: Date; limit: number }): Promise<RecordingId[]> {
  const rows = await tx
    .selectFrom('recordings')
    .select('id')
    .where('storage_key', 'is not', null)
    .where('measured_at', 'is', null)
    .where('quality', '=', 'PENDING')
    .where('uploaded_at', '<', due.before)
    .orderBy('uploaded_at')
    .limit(due.limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Given up for `code` before `before`, oldest upload first. */
export async function listGivenUp(tx: Tx, due: { code: string; before: Date; limit: number }): Promise<RecordingId[]> {
  const rows = await tx
    .selectFrom('recordings')
    .select('id')
    .where('storage_key', 'is not', null)
    .where('measured_at', 'is', null)
    .where(sql<boolean>`measure_failure->>'code' = ${due.code}`)
    .where(sql<boolean>`(measure_failure->>'at')::timestamptz < ${due.before}`)
    .orderBy('uploaded_at')
    .limit(due.limit)
    .execute()
  return rows.map(({ id }) => id)
}

export interface RecordingToPrune {
  id: RecordingId
  sessionId: SessionId
  userId: UserId
  part: number
  storageKey: string
}

/** Stored before `storedBefore`, with their audio; oldest first. */
export async function listRecordingsToPrune(
  tx: Tx,
  due: { storedBefore: Date; limit: number },
): Promise<RecordingToPrune[]> {
  return tx
    .selectFrom('recordings')
    .select(['id', 'session_id as sessionId', 'user_id as userId', 'part', 'storage_key as storageKey'])
    .where('storage_key', 'is not', null)
    .where('pruned_at', 'is', null)
    .where('uploaded_at', '<', due.storedBefore)
    .orderBy('uploaded_at')
    .limit(due.limit)
    .$narrowType<{ storageKey: NotNull }>()
    .execute()
}

/** Notes that the audio is gone for good. False when that was noted before, or the recording is deleted. */
export async function updatePruned(tx: Tx, id: RecordingId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recordings')
    .set({ pruned_at: now, missing_at: null })
    .where('id', '=', id)
    .where('pruned_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
