import { sql, type Updateable } from 'kysely'
import type { DataExportId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'
import type { DataExportsTable, ExportStatus } from '../tables/data-export.ts'
import type { SessionFailure } from '../tables/session.ts'

export interface DataExportRecord {
  id: DataExportId
  userId: UserId
  /** Null: everything. */
  sessionId: SessionId | null
  status: ExportStatus
  /** 0 to 1. */
  progress: number
  /** Attempts that were begun, or called off. */
  round: number
  failure: SessionFailure | null
  /** Where the newest attempt puts it. */
  storageKey: string | null
  createdAt: Date
  /** Null until it is there. */
  expiresAt: Date | null
}

const columns = [
  'id',
  'user_id as userId',
  'session_id as sessionId',
  'status',
  'progress',
  'round',
  'failure',
  'storage_key as storageKey',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const

/** Null for what does not exist and for what is not the viewer's. */
export async function findDataExport(tx: Tx, id: DataExportId): Promise<DataExportRecord | null> {
  return (await tx.selectFrom('data_exports').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Newest first. */
export async function listDataExports(
  tx: Tx,
  page: { userId: UserId; before: string | null; limit: number },
): Promise<DataExportRecord[]> {
  const query = tx.selectFrom('data_exports').select(columns).where('user_id', '=', page.userId)
  const paged = page.before === null ? query : query.where('id', '<', page.before as DataExportId)
  return paged.orderBy('id', 'desc').limit(page.limit).execute()
}

/** Those that lie in the store or will, newest first. */
export async function listUsableExports(tx: Tx, userId: UserId, limit: number): Promise<DataExportRecord[]> {
  const query = tx.selectFrom('data_exports').select(columns).where('user_id', '=', userId)
  return query.where('status', '!=', 'FAILED').orderBy('id', 'desc').limit(limit).execute()
}

/** What this request asked for before. */
export async function findDataExportByRequest(
  tx: Tx,
  userId: UserId,
  requestId: string,
): Promise<DataExportRecord | null> {
  const query = tx.selectFrom('data_exports').select(columns).where('user_id', '=', userId)
  return (await query.where('request_id', '=', requestId).executeTakeFirst()) ?? null
}

/** Notes that it was asked for. */
export async function insertDataExport(
  tx: Tx,
  asked: { id: DataExportId; userId: UserId; requestId: string; sessionId: SessionId | null; now: Date },
): Promise<DataExportRecord> {
  return tx
    .insertInto('data_exports')
    .values({
      id: asked.id,
      user_id: asked.userId,
      request_id: asked.requestId,
      session_id: asked.sessionId,
      status: 'PENDING',
      progress: 0,
      round: 0,
      failure: null,
      storage_key: null,
      size_bytes: null,
      created_at: asked.now,
      expires_at: null,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** Begins an attempt, of one that waits or whose last attempt broke off. Null where there is nothing to do. System only. */
export async function beginDataExport(tx: Tx, id: DataExportId): Promise<DataExportRecord | null> {
  const row = await tx
    .updateTable('data_exports')
    .set({
      status: 'PROCESSING',
      progress: 0,
      round: sql`round + 1`,
      storage_key: sql`'exports/' || user_id || '/' || id || '-' || (round + 1) || '.zip'`,
    })
    .where('id', '=', id)
    .where('status', 'in', ['PENDING', 'PROCESSING'])
    .returning(columns)
    .executeTakeFirst()
  return row ?? null
}

type Attempt = Pick<DataExportRecord, 'id' | 'round'>

/** False where this attempt is not wanted any more. System only. */
export async function updateExportProgress(tx: Tx, attempt: Attempt, progress: number): Promise<boolean> {
  return updateAttempt(tx, attempt, { progress })
}

/** False where this attempt is not wanted any more. System only. */
export async function updateExportCompleted(
  tx: Tx,
  attempt: Attempt,
  made: { sizeBytes: number; expiresAt: Date },
): Promise<boolean> {
  const { sizeBytes: size_bytes, expiresAt: expires_at } = made
  return updateAttempt(tx, attempt, { status: 'COMPLETED', progress: 1, size_bytes, expires_at })
}

/** Gives up, if this attempt is still the one that is wanted. System only. */
export async function updateExportFailed(tx: Tx, attempt: Attempt, failure: SessionFailure): Promise<void> {
  await updateAttempt(tx, attempt, { status: 'FAILED', failure: JSON.stringify(failure), storage_key: null })
}

async function updateAttempt(tx: Tx, { id, round }: Attempt, change: Updateable<DataExportsTable>): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('data_exports')
    .set(change)
    .where('id', '=', id)
    .where('round', '=', round)
    .where('status', '=', 'PROCESSING')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Calls off the attempts at exports that hold this session beside others, and gives those: each is to be made anew. One that waits
 * is held too, so that it begins only when the caller's transaction is over.
 */
export async function updateExportsToRepeat(
  tx: Tx,
  { userId, startedAt }: { userId: UserId; startedAt: Date },
): Promise<DataExportId[]> {
  const rows = await tx
    .updateTable('data_exports')
    .set({ status: 'PENDING', progress: 0, round: sql`round + 1`, storage_key: null })
    .where('user_id', '=', userId)
    .where('session_id', 'is', null)
    .where('status', 'in', ['PENDING', 'PROCESSING'])
    .where('created_at', '>=', startedAt)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Deletes exports that are there and hold this session beside others. Those of it alone go with it. */
export async function deleteExportsHolding(
  tx: Tx,
  { userId, startedAt }: { userId: UserId; startedAt: Date },
): Promise<void> {
  await tx
    .deleteFrom('data_exports')
    .where('user_id', '=', userId)
    .where('session_id', 'is', null)
    .where('status', '=', 'COMPLETED')
    .where('created_at', '>=', startedAt)
    .execute()
}

/** Those whose time is over, oldest first. System only. */
export async function listExpiredExports(
  tx: Tx,
  due: { expiredBefore: Date; askedBefore: Date; limit: number },
): Promise<{ id: DataExportId; storageKey: string | null }[]> {
  return tx
    .selectFrom('data_exports')
    .select(['id', 'storage_key as storageKey'])
    .where((or) => or.or([or('expires_at', '<', due.expiredBefore), or('created_at', '<', due.askedBefore)]))
    .orderBy('created_at')
    .limit(due.limit)
    .execute()
}

/** System only. */
export async function deleteDataExport(tx: Tx, id: DataExportId): Promise<void> {
  await tx.deleteFrom('data_exports').where('id', '=', id).execute()
}
