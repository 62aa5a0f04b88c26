import { sql } from 'kysely'
import type { EventId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'
import { runStatement } from './statement.ts'

/** What happened to a session, when; never what was said. */
export interface SessionEventRecord {
  id: EventId
  sessionId: SessionId
  type: string
  detail: Record<string, unknown> | null
  at: Date
}

export interface NewSessionEvent {
  id: EventId
  sessionId: SessionId
  userId: UserId
  type: string
  detail?: Record<string, unknown>
  at: Date
}

/** Adds to a session's log; `detail` holds numbers and codes, never content. */
export async function insertSessionEvent(tx: Tx, event: NewSessionEvent): Promise<void> {
  await runStatement(tx, {
    name: 'insert-session-event',
    text: 'insert into session_events (id, session_id, user_id, type, detail, at) values ($1, $2, $3, $4, $5, $6)',
    values: [event.id, event.sessionId, event.userId, event.type, event.detail ?? null, event.at],
  })
}

const columns = ['id', 'session_id as sessionId', 'type', 'detail', 'at'] as const

/** Null for what does not exist and for what is not the viewer's. */
export async function findSessionEvent(tx: Tx, id: EventId): Promise<SessionEventRecord | null> {
  return (await tx.selectFrom('session_events').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Oldest first. */
export async function listSessionEvents(
  tx: Tx,
  page: { sessionId: SessionId; after: { at: Date; id: string } | null; limit: number },
): Promise<SessionEventRecord[]> {
  const { after } = page
  return tx
    .selectFrom('session_events')
    .select(columns)
    .where('session_id', '=', page.sessionId)
    .$if(after !== null, (query) => query.where(sql<boolean>`(at, id) > (${after?.at}, ${after?.id}::uuid)`))
    .orderBy('at')
    .orderBy('id')
    .limit(page.limit)
    .execute()
}
