import { type NotNull, sql } from 'kysely'
import type { ClientSecretId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'
import { runStatement } from './statement.ts'

export interface NewClientSecret {
  id: ClientSecretId
  sessionId: SessionId
  userId: UserId
  callNumber: number
  valueHash: string
  expiresAt: Date
  now: Date
}

/** Notes that a secret was minted, by its hash, and who will transcribe its call; a second secret for the same call is refused. */
export async function insertClientSecret(
  tx: Tx,
  secret: NewClientSecret,
  source: { provider: string; model: string | null; language: string },
): Promise<void> {
  const { id, sessionId, userId, callNumber, valueHash, expiresAt, now } = secret
  await runStatement(tx, {
    name: 'insert-client-secret',
    text: `with secret as (
        insert into client_secrets (id, session_id, user_id, call_number, value_hash, expires_at, created_at)
          values ($1, $2, $3, $4, $5, $6, $7)
      )
      update transcripts set provider = $8, model = $9, language = $10 where session_id = $2`,
    values: [
      id,
      sessionId,
      userId,
      callNumber,
      valueHash,
      expiresAt,
      now,
      source.provider,
      source.model,
      source.language,
    ],
  })
}

/**
 * Marks the secret as used, once: null for one that is unknown, expired, used before, or of a session that has ended
 * or has a newer secret. System only.
 */
export async function updateClientSecretUsed(
  tx: Tx,
  secret: { id: ClientSecretId; valueHash: string; now: Date },
): Promise<{ sessionId: SessionId; userId: UserId; callNumber: number } | null> {
  const row = await tx
    .updateTable('client_secrets')
    .from('sessions')
    .set({ used_at: secret.now })
    .whereRef('sessions.id', '=', 'client_secrets.session_id')
    .where('client_secrets.id', '=', secret.id)
    .where('client_secrets.value_hash', '=', secret.valueHash)
    .where('client_secrets.expires_at', '>', secret.now)
    .where('client_secrets.used_at', 'is', null)
    .where('sessions.status', '=', 'ACTIVE')
    .where(sql<boolean>`client_secrets.call_number = sessions.call_count`)
    .returning([
      'client_secrets.session_id as sessionId',
      'client_secrets.user_id as userId',
      'client_secrets.call_number as callNumber',
    ])
    .executeTakeFirst()
  return row ?? null
}

/** Notes under which id the call goes on, and until when somebody listens in. System only. */
export async function updateProviderCall(
  tx: Tx,
  id: ClientSecretId,
  { callId, followedUntil }: { callId: string; followedUntil: Date },
): Promise<void> {
  const call = { provider_call_id: callId, followed_until: followedUntil }
  await tx.updateTable('client_secrets').set(call).where('id', '=', id).execute()
}

/** Notes until when somebody listens in. */
export async function updateFollowedUntil(tx: Tx, id: ClientSecretId, until: Date): Promise<void> {
  await tx.updateTable('client_secrets').set({ followed_until: until }).where('id', '=', id).execute()
}

export interface CallToFollow {
  id: ClientSecretId
  sessionId: SessionId
  userId: UserId
  callNumber: number
  providerCallId: string
  /** Of the session. */
  startedAt: Date
}

/**
 * Takes open calls of running sessions that nobody listens in on (any more): each is given to one caller only. Those that began before
 * `startedSince` have ended by themselves. System only.
 */
export async function takeUnfollowedCalls(
  tx: Tx,
  due: { now: Date; until: Date; startedSince: Date; limit: number },
): Promise<CallToFollow[]> {
  const unfollowed = tx
    .selectFrom('client_secrets')
    .innerJoin('sessions', 'sessions.id', 'client_secrets.session_id')
    .select(['client_secrets.id', 'sessions.started_at'])
    .where('used_at', '>', due.startedSince)
    .where('provider_call_id', 'is not', null)
    .where('hung_up_at', 'is', null)
    .where('followed_until', '<=', due.now)
    .where('sessions.status', '=', 'ACTIVE')
    .where(sql<boolean>`client_secrets.call_number = sessions.call_count`)
    .orderBy('used_at')
    .limit(due.limit)
    .forUpdate('client_secrets')
    .skipLocked()
  return tx
    .with('unfollowed', () => unfollowed)
    .updateTable('client_secrets')
    .from('unfollowed')
    .set({ followed_until: due.until })
    .whereRef('client_secrets.id', '=', 'unfollowed.id')
    .returning([
      'client_secrets.id',
      'session_id as sessionId',
      'user_id as userId',
      'call_number as callNumber',
      'provider_call_id as providerCallId',
      'unfollowed.started_at as startedAt',
    ])
    .$narrowType<{ providerCallId: NotNull }>()
    .execute()
}

/** The session's calls that were made and not hung up. */
export async function listOpenCalls(
  tx: Tx,
  sessionId: SessionId,
): Promise<{ id: ClientSecretId; providerCallId: string }[]> {
  const rows = await tx
    .selectFrom('client_secrets')
    .select(['id', 'provider_call_id as providerCallId'])
    .where('session_id', '=', sessionId)
    .where('provider_call_id', 'is not', null)
    .where('hung_up_at', 'is', null)
    .execute()
  return rows.flatMap((row) =>
    row.providerCallId === null ? [] : [{ id: row.id, providerCallId: row.providerCallId }],
  )
}

/** Notes that calls are over, so that nobody hangs them up again. Gives those that were not known to be. */
export async function updateHungUp(
  tx: Tx,
  ids: readonly ClientSecretId[],
  now: Date,
): Promise<{ sessionId: SessionId; callNumber: number }[]> {
  if (ids.length === 0) return []
  return tx
    .updateTable('client_secrets')
    .set({ hung_up_at: now })
    .where('id', 'in', ids)
    .where('hung_up_at', 'is', null)
    .returning(['session_id as sessionId', 'call_number as callNumber'])
    .execute()
}

/** Secrets that no call was made with. Gives how many. System only. */
export async function deleteUnusedSecrets(tx: Tx, expiredBefore: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('client_secrets')
    .where('used_at', 'is', null)
    .where('expires_at', '<', expiredBefore)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/**
 * Open calls that nobody is there for: of running sessions without a sign of life, of sessions that have ended, and former ones of
 * sessions that have called anew. Those that began before `endedSince` have ended by themselves. Silent ones first. System only.
 */
export async function listStrayCalls(
  tx: Tx,
  due: { lastSeenBefore: Date; endedSince: Date; limit: number },
): Promise<{ id: ClientSecretId; userId: UserId; providerCallId: string }[]> {
  const isSilent = sql<boolean>`sessions.status = 'ACTIVE' and sessions.last_seen_at < ${due.lastSeenBefore}`
  return tx
    .selectFrom('client_secrets')
    .innerJoin('sessions', 'sessions.id', 'client_secrets.session_id')
    .select(['client_secrets.id', 'client_secrets.user_id as userId', 'provider_call_id as providerCallId'])
    .where('used_at', '>', due.endedSince)
    .where('provider_call_id', 'is not', null)
    .where('hung_up_at', 'is', null)
    .where((where) =>
      where.or([
        isSilent,
        where('sessions.status', '<>', 'ACTIVE'),
        where('client_secrets.call_number', '<', where.ref('sessions.call_count')),
      ]),
    )
    .orderBy(isSilent, 'desc')
    .orderBy('used_at')
    .limit(due.limit)
    .$narrowType<{ providerCallId: NotNull }>()
    .execute()
}
