import { sql } from 'kysely'
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { ContentPackId, QuestionId, SessionId, TestSetId, TopicId, UserId } from '../../server/domain/ids.ts'
import {
  type EndReason,
  type SessionMode,
  sessionModes,
  type SessionStatus,
} from '../../server/domain/session-state.ts'
import type { TalkStyle } from '../../server/domain/talk-style.ts'
import type { NamedStatement, Tx } from '../client.ts'
import type { SessionFailure } from '../tables/session.ts'
import { type SessionRecord, type SessionRow, selectSession, toSessionRecord } from './session-record.ts'
import { runStatement } from './statement.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findSession(tx: Tx, id: SessionId): Promise<SessionRecord | null> {
  const [row] = await runStatement<SessionRow>(tx, sessionById(id))
  return row ? toSessionRecord(row) : null
}

/** The same as a statement of its own, for reads that need no more: at most one SessionRow. */
export function sessionById(id: SessionId): NamedStatement {
  return { name: 'session-by-id', text: `${selectSession} where s.id = $1`, values: [id] }
}

/** SessionRows of those of these that are there and the viewer's. */
export function sessionsById(ids: readonly SessionId[]): NamedStatement {
  return { name: 'sessions-by-id', text: `${selectSession} where s.id = any($1)`, values: [ids] }
}

/**
 * For each of these sessions the newest one of the same topic that was started before and did not fail: a SessionRow with
 * `laterId`, the session that it came before. No row where there is none.
 */
export function previousAttempts(userId: UserId, ids: readonly SessionId[]): NamedStatement {
  return {
    name: 'previous-attempts',
    text: `with previous as (
        select later.id as "laterId", earlier.id
        from sessions later cross join lateral (
          select s.id from sessions s
          where s.user_id = $1 and s.topic_id = later.topic_id and s.status <> 'FAILED'
            and (s.started_at, s.id) < (later.started_at, later.id)
          order by s.started_at desc, s.id desc limit 1
        ) earlier
        where later.id = any($2) and later.user_id = $1
      )
      select previous."laterId", found.* from previous join (${selectSession}) found using (id)`,
    values: [userId, ids],
  }
}

/** Holds the session's row until the transaction ends. */
export async function lockSession(tx: Tx, id: SessionId): Promise<SessionRecord | null> {
  const [row] = await runStatement<SessionRow>(tx, {
    name: 'lock-session',
    text: `${selectSession} where s.id = $1 for no key update of s`,
    values: [id],
  })
  return row ? toSessionRecord(row) : null
}

/** What was started before under the same request, with the input it was started with. */
export async function findSessionByRequest(
  tx: Tx,
  userId: UserId,
  requestId: string,
): Promise<{ id: SessionId; input: Record<string, unknown> } | null> {
  const row = await tx
    .selectFrom('sessions')
    .select(['id', 'request_input as input'])
    .where('user_id', '=', userId)
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  return row ?? null
}

export interface NewSession {
  id: SessionId
  userId: UserId
  requestId: string
  input: Record<string, unknown>
  mode: SessionMode
  topicId: TopicId | null
  testSetId: TestSetId | null
  question: { id: QuestionId; packId: ContentPackId } | null
  title: string
  /** Null for a drill. */
  level: CefrLevel | null
  talk: TalkStyle
  capSeconds: number
  now: Date
}

/** Inserts the session, with its first call counted where it has one, and its empty transcript. */
export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  const { id, userId, requestId, input, mode, topicId, testSetId, question, title, level, talk, capSeconds, now } =
    session
  await runStatement(tx, {
    name: 'insert-session',
    text: `with session as (
        insert into sessions (id, user_id, request_id, request_input, mode, topic_id, test_set_id, title, level, talk, cap_seconds, started_at, last_seen_at, updated_at,
            question_id, content_pack_id, call_count)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12, $13, $14, case when $5 = 'CONVERSATION' then 1 else 0 end)
      )
      insert into transcripts (session_id, user_id) values ($1, $2)`,
    values: [
      id,
      userId,
      requestId,
      input,
      mode,
      topicId,
      testSetId,
      title,
      level,
      talk,
      capSeconds,
      now,
      question?.id ?? null,
      question?.packId ?? null,
    ],
  })
}

/** Notes the next call, and gives its number. */
export async function incrementCallCount(tx: Tx, id: SessionId): Promise<number> {
  const row = await tx
    .updateTable('sessions')
    .set({ call_count: sql`call_count + 1` })
    .where('id', '=', id)
    .returning('call_count')
    .executeTakeFirstOrThrow()
  return row.call_count
}

export interface SessionEnd {
  status: Exclude<SessionStatus, 'ACTIVE'>
  reason: EndReason
  endedAt: Date
  durationSeconds: number
  failure: SessionFailure | null
  now: Date
}

/** Writes an end that `transition` decided. */
export async function updateSessionEnd(tx: Tx, id: SessionId, end: SessionEnd): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      status: end.status,
      end_reason: end.reason,
      ended_at: end.endedAt,
      duration_seconds: end.durationSeconds,
      failure: end.failure ? JSON.stringify(end.failure) : null,
      change_number: sql`change_number + 1`,
      updated_at: end.now,
    })
    .where('id', '=', id)
    .execute()
}

/** Notes a verified recording, as the primary one where `isPrimary`. */
export async function updateSessionRecording(
  tx: Tx,
  id: SessionId,
  recording: { id: string; isPrimary: boolean; now: Date },
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      ...(recording.isPrimary && { recording_id: sql`${recording.id}::uuid` }),
      change_number: sql`change_number + 1`,
      updated_at: recording.now,
    })
    .where('id', '=', id)
    .execute()
}

/** Oldest first: those that had started by then, or just one of them. */
export async function listSessionIds(
  tx: Tx,
  which: { userId: UserId; sessionId: SessionId | null; startedBy: Date },
): Promise<SessionId[]> {
  const query = tx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', which.userId)
    .where('started_at', '<=', which.startedBy)
  const narrowed = which.sessionId === null ? query : query.where('id', '=', which.sessionId)
  const rows = await narrowed.orderBy('started_at').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** Deletes a session with all that belongs to it. */
export async function deleteSession(tx: Tx, id: SessionId): Promise<void> {
  await tx.deleteFrom('sessions').where('id', '=', id).execute()
}

/** Notes a sign of life. */
export async function updateLastSeen(tx: Tx, id: SessionId, now: Date): Promise<void> {
  await tx.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', id).execute()
}

/** Moves the change number on, so that followers look again. */
export async function updateChangeNumber(tx: Tx, id: SessionId, now: Date): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ change_number: sql`change_number + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Those of one mode that are under way. */
export async function countActiveSessions(tx: Tx, userId: UserId, mode: SessionMode): Promise<number> {
  const row = await tx
    .selectFrom('sessions')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('user_id', '=', userId)
    .where('mode', '=', mode)
    .where('status', '=', 'ACTIVE')
    .executeTakeFirstOrThrow()
  return row.count
}

export interface Usage {
  periodStart: Date
  periodEnd: Date
  secondsUsed: number
  /** Conversations that run. */
  activeSessions: number
}

/**
 * What a user has practised since the start of today in `timeZone`, in seconds. A session that is running counts with
 * all that was reserved for it; a speaking test, which may be spread over weeks, on the day of its start. What was deleted
 * counts as well: its time is used.
 */
export async function findUsage(tx: Tx, usage: { userId: UserId; timeZone: string; now: Date }): Promise<Usage> {
  const [row] = await runStatement<Usage>(tx, {
    name: 'usage-of-today',
    text: `with day as (select date_trunc('day', $2::timestamptz at time zone $3) as local_start)
      select local_start at time zone $3 as "periodStart",
        (local_start + interval '1 day') at time zone $3 as "periodEnd",
        (coalesce(sum(case when s.status = 'ACTIVE' then s.cap_seconds else s.duration_seconds end), 0)
          + (select coalesce(sum(d.practised_seconds), 0) from deletions d where d.user_id = $1
            and d.started_at >= local_start at time zone $3))::int as "secondsUsed",
        count(*) filter (where s.status = 'ACTIVE' and s.mode = 'CONVERSATION')::int as "activeSessions"
      from day left join sessions s on s.user_id = $1
        and (s.started_at >= local_start at time zone $3 or (s.status = 'ACTIVE' and s.mode = 'CONVERSATION'))
      group by local_start`,
    values: [usage.userId, usage.now, usage.timeZone],
  })
  if (!row) throw new Error('usage has one row')
  return row
}

/** Running sessions that nobody has given a sign of life for, and conversations that are past their time. System only. */
export async function listOverdueSessions(
  tx: Tx,
  due: { lastSeenBefore: Record<SessionMode, Date>; timeUpBefore: Date; limit: number },
): Promise<{ id: SessionId; userId: UserId }[]> {
  return tx
    .selectFrom('sessions')
    .select(['id', 'user_id as userId'])
    .where('status', '=', 'ACTIVE')
    .where((where) =>
      where.or([
        ...sessionModes.map((mode) =>
          where.and([where('mode', '=', mode), where('last_seen_at', '<', due.lastSeenBefore[mode])]),
        ),
        where.and([
          where('mode', '=', 'CONVERSATION'),
          sql<boolean>`started_at + cap_seconds * interval '1 second' < ${due.timeUpBefore}`,
        ]),
      ]),
    )
    .orderBy('last_seen_at')
    .limit(due.limit)
    .execute()
}
