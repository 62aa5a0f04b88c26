import { sql } from 'kysely'
import type { EventId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'

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
  await tx
    .insertInto('session_events')
    .values({
      id: event.id,
      session_id: event.sessionId,
      user_id: event.userId,
      type: event.type,
      detail: event.detail ? JSON.stringify(event.detail) : null,
      at: event.at,
    })
    .execute()
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
