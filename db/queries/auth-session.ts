import type { UserId } from '../../server/domain/ids.ts'
import type { NamedStatement, Tx } from '../client.ts'
import type { Role } from '../tables/user.ts'

/** A sign-in together with what every request needs to know of its account. */
export interface AuthSessionRecord {
  userId: UserId
  expiresAt: Date
  role: Role
}

/** One join, prepared once: it runs on nearly every request. At most one AuthSessionRecord. System only. */
export function findAuthSession(idHash: string): NamedStatement {
  return {
    name: 'find-auth-session',
    text: `select a.user_id as "userId", a.expires_at as "expiresAt", u.role
      from auth_sessions a join users u on u.id = a.user_id where a.id_hash = $1`,
    values: [idHash],
  }
}

/** A user's sign-ins, those that have run out too. System only. */
export async function listAuthSessions(tx: Tx, userId: UserId): Promise<{ idHash: string; expiresAt: Date }[]> {
  return tx
    .selectFrom('auth_sessions')
    .select(['id_hash as idHash', 'expires_at as expiresAt'])
    .where('user_id', '=', userId)
    .execute()
}

/** Notes a sign-in under the hash of its id. System only. */
export async function insertAuthSession(
  tx: Tx,
  session: { idHash: string; userId: UserId; expiresAt: Date; now: Date },
): Promise<void> {
  await tx
    .insertInto('auth_sessions')
    .values({
      id_hash: session.idHash,
      user_id: session.userId,
      expires_at: session.expiresAt,
      created_at: session.now,
    })
    .execute()
}

/** Moves the end of a sign-in. System only. */
export async function updateAuthSessionExpiry(tx: Tx, idHash: string, expiresAt: Date): Promise<void> {
  await tx.updateTable('auth_sessions').set({ expires_at: expiresAt }).where('id_hash', '=', idHash).execute()
}

/** Ends one sign-in; nothing happens where there is none. System only. */
export async function deleteAuthSession(tx: Tx, idHash: string): Promise<void> {
  await tx.deleteFrom('auth_sessions').where('id_hash', '=', idHash).execute()
}

/** Signs the account out everywhere, but for `exceptIdHash`. */
export async function deleteAuthSessions(tx: Tx, userId: UserId, exceptIdHash: string | null = null): Promise<void> {
  const all = tx.deleteFrom('auth_sessions').where('user_id', '=', userId)
  await (exceptIdHash === null ? all : all.where('id_hash', '!=', exceptIdHash)).execute()
}

/** Sign-ins that have run out. Gives how many. System only. */
export async function deleteExpiredAuthSessions(tx: Tx, expiredBefore: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('auth_sessions')
    .where('expires_at', '<', expiredBefore)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
