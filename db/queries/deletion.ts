import { type RawBuilder, sql } from 'kysely'
import type { DeletionId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { SessionMode } from '../../server/domain/session-state.ts'
import type { Tx } from '../client.ts'

/** What was deleted, when, and whether it was seen to be gone. */
export interface DeletionRecord {
  id: DeletionId
  kind: 'SESSION' | 'ACCOUNT'
  userId: UserId
  /** Of a session, as are its mode and its start. */
  sessionId: SessionId | null
  mode: SessionMode | null
  startedAt: Date | null
  /** Of an account: whom the payment service still knows. */
  customerId: string | null
  rowCount: number
  blobCount: number
  deletedAt: Date
  verifiedAt: Date | null
}

const columns = [
  'id',
  'kind',
  'user_id as userId',
  'session_id as sessionId',
  'mode',
  'started_at as startedAt',
  'customer_id as customerId',
  'row_count as rowCount',
  'blob_count as blobCount',
  'deleted_at as deletedAt',
  'verified_at as verifiedAt',
] as const

/** Tables of which rows go with their session. */
export const tablesOfSession = [
  'transcripts',
  'segments',
  'recordings',
  'evaluations',
  'session_events',
  'client_secrets',
  'test_tasks',
  'drill_responses',
  'publications',
  'data_exports',
] as const

const rowsOfSession = sql.join(
  tablesOfSession.map((table) => sql`(select count(*) from ${sql.table(table)} part where part.session_id = s.id)`),
  sql` + `,
)

/** What is stored of its sound, and what was measured of it. */
const blobsOfSession = sql`(select coalesce(sum((r.storage_key is not null and r.pruned_at is null)::int
  + (r.measurement_key is not null)::int), 0) from recordings r where r.session_id = s.id)`

/** What it took of its day, as `findUsage` counts it. */
const secondsOfSession = (now: Date): RawBuilder<unknown> => sql`coalesce(s.duration_seconds, least(s.cap_seconds,
  case when s.mode = 'SPEAKING_TEST'
    then (select coalesce(sum(r.duration_seconds), 0) from recordings r where r.session_id = s.id)
    else greatest(0, extract(epoch from ${now}::timestamptz - s.started_at)) end))`

interface Deleting {
  by: UserId
  now: Date
}

/** Notes that a session is deleted, before it is: null when there is none. */
export async function insertSessionDeletion(
  tx: Tx,
  sessionId: SessionId,
  deleting: Deleting,
): Promise<DeletionRecord | null> {
  return (await insertDeletions(tx, sql`s.id = ${sessionId}`, deleting))[0] ?? null
}

/** The same for all sessions of an account. System only. */
export async function insertDeletionsOfUser(tx: Tx, userId: UserId, deleting: Deleting): Promise<DeletionRecord[]> {
  return insertDeletions(tx, sql`s.user_id = ${userId}`, deleting)
}

async function insertDeletions(tx: Tx, which: RawBuilder<unknown>, { by, now }: Deleting): Promise<DeletionRecord[]> {
  const { rows } =
    await sql<DeletionRecord>`insert into deletions as d (id, kind, user_id, session_id, mode, request_id, started_at,
      practised_seconds, row_count, blob_count, deleted_by, deleted_at)
    select gen_random_uuid(), 'SESSION', s.user_id, s.id, s.mode, s.request_id, s.started_at, round(${secondsOfSession(now)}),
      1 + ${rowsOfSession}, ${blobsOfSession}, ${by}, ${now}
    from sessions s where ${which}
    returning ${sql.join(columns.map((column) => sql.raw(column.replace(/ as (\w+)/, ' as "$1"'))))}`.execute(tx)
  return rows
}

/** Notes that an account is deleted; its sessions have deletions of their own. System only. */
export async function insertAccountDeletion(
  tx: Tx,
  account: { id: DeletionId; userId: UserId; customerId: string | null; rowCount: number; now: Date },
): Promise<void> {
  await tx
    .insertInto('deletions')
    .values({
      id: account.id,
      kind: 'ACCOUNT',
      user_id: account.userId,
      session_id: null,
      mode: null,
      request_id: null,
      started_at: null,
      practised_seconds: null,
      customer_id: account.customerId,
      row_count: account.rowCount,
      blob_count: 0,
      deleted_by: account.userId,
      deleted_at: account.now,
      verified_at: null,
    })
    .execute()
}

/** Null for what does not exist and for what is not the viewer's. */
export async function findDeletion(tx: Tx, id: DeletionId): Promise<DeletionRecord | null> {
  return (await tx.selectFrom('deletions').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** What remains of a session; null when it was never there, or is still. */
export async function findSessionDeletion(tx: Tx, sessionId: SessionId): Promise<DeletionRecord | null> {
  const query = tx.selectFrom('deletions').select(columns).where('session_id', '=', sessionId)
  return (await query.executeTakeFirst()) ?? null
}

/** Those of single sessions. System only. */
export async function listDeletionsOfUser(tx: Tx, userId: UserId): Promise<DeletionRecord[]> {
  return tx
    .selectFrom('deletions')
    .select(columns)
    .where('user_id', '=', userId)
    .where('kind', '=', 'SESSION')
    .orderBy('deleted_at')
    .execute()
}

/** Whether what this request started was deleted. */
export async function hasDeletedRequest(tx: Tx, userId: UserId, requestId: string): Promise<boolean> {
  const query = tx
    .selectFrom('deletions')
    .select('id')
    .where('user_id', '=', userId)
    .where('request_id', '=', requestId)
  return (await query.executeTakeFirst()) !== undefined
}

/** Notes that everything was seen to be gone, once. System only. */
export async function updateDeletionVerified(tx: Tx, id: DeletionId, now: Date): Promise<void> {
  await tx
    .updateTable('deletions')
    .set({ verified_at: sql`greatest(deleted_at, ${now}::timestamptz)`, customer_id: null })
    .where('id', '=', id)
    .where('verified_at', 'is', null)
    .execute()
}

/** Deletions that nobody has brought to their end, oldest first. System only. */
export async function listUnverifiedDeletions(
  tx: Tx,
  due: { deletedBefore: Date; limit: number },
): Promise<DeletionId[]> {
  const rows = await tx
    .selectFrom('deletions')
    .select('id')
    .where('verified_at', 'is', null)
    .where('deleted_at', '<', due.deletedBefore)
    .orderBy('deleted_at')
    .limit(due.limit)
    .execute()
  return rows.map(({ id }) => id)
}
