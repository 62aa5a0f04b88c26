import { sql } from 'kysely'
import type { AccessTokenId, UserId } from '../../server/domain/ids.ts'
import type { TokenScope } from '../../server/domain/token-scope.ts'
import type { NamedStatement, Tx } from '../client.ts'
import type { Role } from '../tables/user.ts'

/** A token as its owner sees it. */
export interface AccessTokenRecord {
  id: AccessTokenId
  name: string
  scopes: TokenScope[]
  createdAt: Date
  lastUsedAt: Date | null
  /** Null: never. */
  expiresAt: Date | null
}

/** A token together with what every request needs to know of its account. */
export interface AccessTokenHolder {
  tokenId: AccessTokenId
  userId: UserId
  scopes: TokenScope[]
  lastUsedAt: Date | null
  expiresAt: Date | null
  role: Role
}

export interface NewAccessToken {
  id: AccessTokenId
  userId: UserId
  requestId: string
  name: string
  scopes: readonly TokenScope[]
  tokenHash: string
  expiresAt: Date | null
  now: Date
}

/** A token's place in the list. */
export interface AccessTokenCursor {
  id: string
}

const columns = [
  'id',
  'name',
  'scopes',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
  'expires_at as expiresAt',
] as const

/** At most one AccessTokenHolder; none for a token that was revoked. One that has run out is there still. System only. */
export function accessTokenByHash(tokenHash: string): NamedStatement {
  return {
    name: 'access-token-by-hash',
    text: `select t.id as "tokenId", t.user_id as "userId", t.scopes, t.last_used_at as "lastUsedAt", t.expires_at as "expiresAt",
        u.role
      from access_tokens t join users u on u.id = t.user_id where t.token_hash = $1 and t.revoked_at is null`,
    values: [tokenHash],
  }
}

/** Notes that a token is in use. System only. */
export async function updateAccessTokenUsed(tx: Tx, id: AccessTokenId, now: Date): Promise<void> {
  await tx.updateTable('access_tokens').set({ last_used_at: now }).where('id', '=', id).execute()
}

/** False where this request made one before. */
export async function insertAccessToken(tx: Tx, token: NewAccessToken): Promise<boolean> {
  const result = await tx
    .insertInto('access_tokens')
    .values({
      id: token.id,
      user_id: token.userId,
      request_id: token.requestId,
      name: token.name,
      scopes: [...token.scopes],
      token_hash: token.tokenHash,
      expires_at: token.expiresAt,
      last_used_at: null,
      revoked_at: null,
      created_at: token.now,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'request_id']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Tokens that were not revoked, those that have run out too. */
export async function countAccessTokens(tx: Tx, userId: UserId): Promise<number> {
  const row = await tx
    .selectFrom('access_tokens')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Newest first; revoked ones are left out. */
export async function listAccessTokens(
  tx: Tx,
  page: { userId: UserId; after: AccessTokenCursor | null; limit: number },
): Promise<AccessTokenRecord[]> {
  const { userId, after, limit } = page
  return tx
    .selectFrom('access_tokens')
    .select(columns)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .$if(after !== null, (query) => query.where(sql<boolean>`id < ${after?.id}::uuid`))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Null for what does not exist, was revoked, or is not the viewer's. */
export async function findAccessToken(tx: Tx, id: AccessTokenId): Promise<AccessTokenRecord | null> {
  const row = await tx
    .selectFrom('access_tokens')
    .select(columns)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** False for what does not exist or is not the viewer's. One that was revoked before stays so. */
export async function updateAccessTokenRevoked(tx: Tx, userId: UserId, id: AccessTokenId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('access_tokens')
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, ${now})` })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Tokens that have been good for nothing since before `deadSince`. Gives how many. System only. */
export async function deleteDeadAccessTokens(tx: Tx, deadSince: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('access_tokens')
    .where((where) => where.or([where('revoked_at', '<', deadSince), where('expires_at', '<', deadSince)]))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
