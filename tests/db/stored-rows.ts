/** Rows put into a test's database from outside, past every policy: one learner with one row in every table that holds his data. */
import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import type { SessionId, UserId } from '../../server/domain/ids.ts'
import { makeSlug } from '../../server/domain/slug.ts'

export interface StoredLearner {
  userId: UserId
  sessionId: SessionId
  recordingId: string
  secretId: string
  eventId: string
  signIn: string
  slug: string
}

/** Runs `work` on a connection of its own. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** One account. */
export async function storeUser(client: pg.Client): Promise<UserId> {
  const userId = randomUUID()
  await client.query(
    `insert into users (id, email, password_hash, entitlement, created_at, updated_at) values ($1, $2, 'hash', 'BASIC', now(), now())`,
    [userId, `${userId}@example.org`],
  )
  return userId as UserId
}

/** A running conversation with an empty transcript, whose segments may name up to 20 calls. */
export async function storeSession(client: pg.Client, userId: UserId): Promise<SessionId> {
  const sessionId = randomUUID()
  await client.query(
    `insert into sessions (id, user_id, request_id, request_input, mode, topic_id, title, level, cap_seconds, started_at, last_seen_at, call_count, updated_at)
      select $1, $2, $3, '{}', 'CONVERSATION', id, title, 'A1', 900, now(), now(), 20, now() from topics limit 1`,
    [sessionId, userId, randomUUID()],
  )
  await client.query(`insert into transcripts (session_id, user_id) values ($1, $2)`, [sessionId, userId])
  return sessionId as SessionId
}

/** The columns that a segment needs; the rest have values that fit. */
export interface StoredSegment {
  item: string
  sequence: number
  startMs?: number
  endMs?: number
  speaker?: string
  final?: boolean
}

export async function storeSegment(
  client: pg.Client,
  owner: { sessionId: string; userId: string },
  segment: StoredSegment,
): Promise<void> {
  const {
    item,
    sequence,
    startMs = sequence * 1_000,
    endMs = startMs + 500,
    speaker = 'PARTNER',
    final = true,
  } = segment
  await client.query(
    `insert into segments (session_id, user_id, item_id, call_number, sequence, source, speaker, text, start_ms, end_ms,
      received_start_ms, received_end_ms, final, interrupted, revision)
      values ($1, $2, $3, 1, $4, 'PROVIDER', $5, 'said', $6, $7, $6, $7, $8, false, 1)`,
    [owner.sessionId, owner.userId, item, sequence, speaker, startMs, endMs, final],
  )
}

export async function storeRecording(
  client: pg.Client,
  owner: { sessionId: string; userId: string },
  over: Record<string, unknown> = {},
): Promise<string> {
  const row = {
    id: randomUUID(),
    session_id: owner.sessionId,
    user_id: owner.userId,
    part: 1,
    start_ms: 0,
    mime_type: 'audio/webm',
    size_bytes: 10,
    duration_seconds: 1,
    sha256: 'a'.repeat(64),
    incoming_key: 'incoming/x',
    created_at: new Date(),
    ...over,
  }
  const names = Object.keys(row)
  await client.query(
    `insert into recordings (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  )
  return row.id
}

export async function storeLearner(client: pg.Client): Promise<StoredLearner> {
  const userId = await storeUser(client)
  const sessionId = await storeSession(client, userId)
  const owner = { sessionId, userId }
  await storeSegment(client, owner, { item: 'hello', sequence: 1, final: false })
  const recordingId = await storeRecording(client, owner)
  const [secretId, eventId] = [randomUUID(), randomUUID()]
  const signIn = createHash('sha256').update(userId).digest('hex')
  await client.query(
    `insert into client_secrets (id, session_id, user_id, call_number, value_hash, expires_at, created_at) values ($1, $2, $3, 1, $4, now(), now())`,
    [secretId, sessionId, userId, `hash of ${secretId}`],
  )
  await client.query(
    `insert into session_events (id, session_id, user_id, type, at) values ($1, $2, $3, 'start', now())`,
    [eventId, sessionId, userId],
  )
  await client.query(
    `insert into auth_sessions (id_hash, user_id, expires_at) values ($1, $2, now() + interval '1 day')`,
    [signIn, userId],
  )
  await client.query(
    `insert into access_tokens (id, user_id, request_id, name, scopes, token_hash, created_at)
      values ($1, $2, $1, 'script', '{HISTORY_READ}', $3, now())`,
    [randomUUID(), userId, signIn],
  )
  await client.query(
    `insert into evaluations (id, session_id, user_id, scorer, input_key, level_range, metrics, result, processing_ms, created_at)
      values ($1, $2, $3, 'local/1', $4, '{}', '{}', '{}', 1, now())`,
    [randomUUID(), sessionId, userId, 'a'.repeat(64)],
  )
  await client.query(
    `insert into test_tasks (id, session_id, user_id, index, kind, prompt, prepare_seconds, speak_seconds)
      values ($1, $2, $3, 1, 'WARM_UP', 'Where do you live?', 0, 30)`,
    [randomUUID(), sessionId, userId],
  )
  await client.query(
    `insert into password_resets (user_id, token_hash, expires_at, created_at) values ($1, $2, now(), now())`,
    [userId, signIn],
  )
  await client.query(`insert into account_events (id, user_id, type, at) values ($1, $2, 'ENTITLEMENT_SET', now())`, [
    randomUUID(),
    userId,
  ])
  await client.query(
    `insert into drill_responses (id, session_id, user_id, content, word_count, created_at) values ($1, $2, $3, 'said', 1, now())`,
    [randomUUID(), sessionId, userId],
  )
  await client.query(
    `insert into deletions (id, kind, user_id, session_id, mode, request_id, started_at, practised_seconds, row_count, blob_count, deleted_by, deleted_at)
      values ($1, 'SESSION', $2, $3, 'CONVERSATION', $4, now(), 10, 1, 0, $2, now())`,
    [randomUUID(), userId, randomUUID(), randomUUID()],
  )
  await client.query(`insert into data_exports (id, user_id, request_id, created_at) values ($1, $2, $1, now())`, [
    randomUUID(),
    userId,
  ])
  const slug = makeSlug()
  await client.query(
    `insert into publications (session_id, user_id, slug, include_audio, published_at) values ($1, $2, $3, true, now())`,
    [sessionId, userId, slug],
  )
  return { userId, sessionId, recordingId, secretId, eventId, signIn, slug }
}
