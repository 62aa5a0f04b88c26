import type { UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'

/** An account's earlier link is good for nothing from now on. System only. */
export async function replacePasswordReset(
  tx: Tx,
  reset: { userId: UserId; tokenHash: string; expiresAt: Date; now: Date },
): Promise<void> {
  const row = { token_hash: reset.tokenHash, expires_at: reset.expiresAt, created_at: reset.now }
  await tx
    .insertInto('password_resets')
    .values({ user_id: reset.userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute()
}

/** Whose account the link opens; null for one that was used, replaced, has run out or never was. System only. */
export async function findPasswordReset(tx: Tx, tokenHash: string, now: Date): Promise<UserId | null> {
  const row = await tx
    .selectFrom('password_resets')
    .select('user_id')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** Takes the link: of several at once, one gets the account, the others null. System only. */
export async function takePasswordReset(tx: Tx, tokenHash: string, now: Date): Promise<UserId | null> {
  const row = await tx
    .deleteFrom('password_resets')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** Gives how many. System only. */
export async function deleteExpiredPasswordResets(tx: Tx, expiredBefore: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('password_resets')
    .where('expires_at', '<', expiredBefore)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
