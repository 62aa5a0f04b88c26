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
  /** Of a session: what the voice service calls those that are still to be hung up. */
  openCalls: string[]
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
  'open_calls as openCalls',
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

/** Its calls that were made and not hung up. */
const openCallsOfSession = sql`coalesce((select array_agg(c.provider_call_id) from client_secrets c
  where c.session_id = s.id and c.provider_call_id is not null and c.hung_up_at is null), '{}')`

/** What it took of its day, as `findUsage` counts it. */
const secondsOfSession = (now: Date): RawBuilder<unknown> => sql`coalesce(s.duration_seconds, least(s.cap_seconds,
  case when s.mode = 'SPEAKING_TEST'
    then (select coalesce(sum(r.duration_seconds), 0) from recordings r where r.session_id = s.id)
    else greatest(0, extract(epoch from ${now}::timestamptz - s.started_at)) end))`

interface Deleting {
  by: UserId
  now: Date
}

/** Notes that a session is deleted, before it is: null when there is none. To be called with the session locked: no call is to begin meanwhile. */
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
      practised_seconds, open_calls, row_count, blob_count, deleted_by, deleted_at)
    select gen_random_uuid(), 'SESSION', s.user_id, s.id, s.mode, s.request_id, s.started_at, round(${secondsOfSession(now)}),
      ${openCallsOfSession}, 1 + ${rowsOfSession}, ${blobsOfSession}, ${by}, ${now}
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

const hasNoOpenCalls = sql<boolean>`open_calls = '{}'`

/** Of a session; or of an account of which every session was seen to be gone. */
const isLast = sql<boolean>`(kind = 'SESSION' or not exists (select 1 from deletions part
  where part.user_id = deletions.user_id and part.kind = 'SESSION' and part.verified_at is null))`

/** Notes that everything was seen to be gone, once; not while a call goes on, nor for an account before all of its sessions. System only. */
export async function updateDeletionVerified(tx: Tx, id: DeletionId, now: Date): Promise<void> {
  await tx
    .updateTable('deletions')
    .set({ verified_at: sql`greatest(deleted_at, ${now}::timestamptz)`, customer_id: null })
    .where('id', '=', id)
    .where('verified_at', 'is', null)
    .where(hasNoOpenCalls)
    .where(isLast)
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

/** Notes a call that came up only after its session was deleted; null where that is not known. System only. */
export async function addOpenCall(tx: Tx, sessionId: SessionId, callId: string): Promise<DeletionRecord | null> {
  const query = tx
    .updateTable('deletions')
    .set({ open_calls: sql`array_append(open_calls, ${callId})`, verified_at: null })
    .where('session_id', '=', sessionId)
    .returning(columns)
  return (await query.executeTakeFirst()) ?? null
}

/** Notes that calls are over. Gives which deletion that may make whole: the account's, where it was deleted too. System only. */
export async function removeOpenCalls(tx: Tx, id: DeletionId, callIds: readonly string[]): Promise<DeletionId> {
  const { rows } = await sql<{ id: DeletionId }>`update deletions as d
    set open_calls = array(select unnest(d.open_calls) except select unnest(${callIds}::text[]))
    where d.id = ${id}
    returning coalesce((select a.id from deletions a where a.user_id = d.user_id and a.kind = 'ACCOUNT'), d.id) as id`.execute(
    tx,
  )
  return rows[0]?.id ?? id
}

/** Deletions of which a call is still to be hung up, oldest first. System only. */
export async function listDeletionsWithOpenCalls(
  tx: Tx,
  due: { deletedBefore: Date; limit: number },
): Promise<DeletionRecord[]> {
  return tx
    .selectFrom('deletions')
    .select(columns)
    .where(sql<boolean>`open_calls <> '{}'`)
    .where('deleted_at', '<', due.deletedBefore)
    .orderBy('deleted_at')
    .limit(due.limit)
    .execute()
}
