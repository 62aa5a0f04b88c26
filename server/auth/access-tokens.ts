/** Access tokens of programs: how one is made, read from a request, and looked up. */
import { randomBytes } from 'node:crypto'
import type { DatabaseClient } from '../../db/client.ts'
import { accessTokenByHash, type AccessTokenHolder, updateAccessTokenUsed } from '../../db/queries/access-token.ts'
import type { Clock } from '../domain/ids.ts'
import { hashCredential } from './hash-credential.ts'
import type { Viewer } from './viewer.ts'

export interface AccessTokens {
  /** Null for a token that is unknown, revoked or run out. Notes that it was used. */
  find(tokenHash: string): Promise<{ viewer: Viewer; expiresAt: Date | null } | null>
}

/** By this a token is known for one wherever it turns up. */
const prefix = 'parley_'
const randomBytesCount = 32
/** The use of a token is noted no more often than this. */
const noteUseEveryMs = 60_000

/** A new token: its value, to be shown once, and what is stored of it. 256 random bits. */
export function makeAccessToken(): { value: string; hash: string } {
  const value = `${prefix}${randomBytes(randomBytesCount).toString('base64url')}`
  return { value, hash: hashCredential(value) }
}

/**
 * The hash of the access token that an `Authorization` header bears; null where it bears none of ours. What else a proxy
 * in front may put there is none of our business.
 */
export function readTokenHash(header: unknown): string | null {
  const value = readBearer(header)
  return value?.startsWith(prefix) ? hashCredential(value) : null
}

/** The value of an `Authorization: Bearer` header, RFC 6750, section 2.1; null where it is none. */
export function readBearer(header: unknown): string | null {
  return typeof header === 'string' ? (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? null) : null
}

export function createAccessTokens({ db, clock }: { db: DatabaseClient; clock: Clock }): AccessTokens {
  const noteUse = async ({ tokenId, lastUsedAt }: AccessTokenHolder, now: Date): Promise<void> => {
    if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < noteUseEveryMs) return
    await db.withSystem('note token use', (tx) => updateAccessTokenUsed(tx, tokenId, now))
  }
  return {
    async find(tokenHash) {
      const [row] = await db.readWithSystem<AccessTokenHolder & Record<string, unknown>>(
        'verify access token',
        accessTokenByHash(tokenHash),
      )
      const now = clock()
      if (!row || (row.expiresAt !== null && row.expiresAt <= now)) return null
      await noteUse(row, now)
      const viewer: Viewer = { id: row.userId, role: row.role, signIn: tokenHash, scopes: row.scopes }
      return { viewer, expiresAt: row.expiresAt }
    },
  }
}
