/** Rows that a learner tries to put under somebody else's name. */
import { randomUUID } from 'node:crypto'
import type { StoredLearner } from './stored-rows.ts'

type Insert = [table: string, statement: string, values: (learner: StoredLearner) => unknown[]]

export function insertsForAnother(): Insert[] {
  return [
    [
      'sessions',
      `insert into sessions (id, user_id, request_id, request_input, mode, topic_id, title, level, cap_seconds, started_at, last_seen_at, updated_at)
        values ($1, $2, $1, '{}', 'CONVERSATION', (select id from topics limit 1), 'x', 'A1', 900, now(), now(), now())`,
      ({ userId }) => [randomUUID(), userId],
    ],
    [
      'access_tokens',
      `insert into access_tokens (id, user_id, request_id, name, scopes, token_hash, created_at)
        values ($1, $2, $1, 'x', '{HISTORY_READ}', repeat('b', 64), now())`,
      ({ userId }) => [randomUUID(), userId],
    ],
    [
      'client_secrets',
      `insert into client_secrets (id, session_id, user_id, call_number, value_hash, expires_at, created_at) values ($1, $2, $3, 9, 'hash', now(), now())`,
      ({ sessionId, userId }) => [randomUUID(), sessionId, userId],
    ],
    [
      'session_events',
      `insert into session_events (id, session_id, user_id, type, at) values ($1, $2, $3, 'x', now())`,
      ({ sessionId, userId }) => [randomUUID(), sessionId, userId],
    ],
    [
      'transcripts',
      `insert into transcripts (session_id, user_id) values ($1, $2)`,
      ({ userId }) => [randomUUID(), userId],
    ],
    [
      'segments',
      `insert into segments (session_id, user_id, item_id, call_number, sequence, source, speaker, text, start_ms, end_ms, received_start_ms, received_end_ms,
        final, interrupted, revision) values ($1, $2, 'mine', 1, 2, 'PROVIDER', 'LEARNER', 'x', 0, 0, 0, 0, true, false, 1)`,
      ({ sessionId, userId }) => [sessionId, userId],
    ],
    [
      'recordings',
      `insert into recordings (id, session_id, user_id, part, start_ms, mime_type, size_bytes, duration_seconds, sha256, incoming_key, created_at)
        values ($1, $2, $3, 2, 0, 'audio/webm', 1, 1, repeat('a', 64), 'k', now())`,
      ({ sessionId, userId }) => [randomUUID(), sessionId, userId],
    ],
    [
      'drill_responses',
      `insert into drill_responses (id, session_id, user_id, content, word_count, created_at) values ($1, $2, $3, 'x', 1, now())`,
      ({ sessionId, userId }) => [randomUUID(), sessionId, userId],
    ],
    [
      'publications',
      `insert into publications (session_id, user_id, slug, include_audio, published_at) values ($1, $2, repeat('y', 24), false, now())`,
      ({ sessionId, userId }) => [sessionId, userId],
    ],
    [
      'data_exports',
      `insert into data_exports (id, user_id, request_id, created_at) values ($1, $2, $1, now())`,
      ({ userId }) => [randomUUID(), userId],
    ],
    [
      'deletions',
      `insert into deletions (id, kind, user_id, deleted_by, row_count, blob_count, deleted_at) values ($1, 'ACCOUNT', $2, $2, 1, 0, now())`,
      ({ userId }) => [randomUUID(), userId],
    ],
  ]
}
