/** Sign-ins by cookie. Lucia makes and reads the cookie; what it stores goes through our own queries, with the id hashed. */
import { type Adapter, type DatabaseSession, Lucia } from 'lucia'
import type { DatabaseClient } from '../../db/client.ts'
import {
  type AuthSessionRecord,
  deleteAuthSession,
  deleteAuthSessions,
  deleteExpiredAuthSessions,
  findAuthSession,
  insertAuthSession,
  listAuthSessions,
  updateAuthSessionExpiry,
} from '../../db/queries/auth-session.ts'
// Lucia's own `UserId` hides a name of the same spelling in the declaration below.
import type { Clock, UserId as ParleyUserId } from '../domain/ids.ts'
import { hashCredential } from './hash-credential.ts'
import type { Viewer } from './viewer.ts'

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, UserAttributes>
    UserId: ParleyUserId
    DatabaseUserAttributes: UserAttributes
  }
}

type UserAttributes = Pick<Viewer, 'role'>

export interface LuciaOptions {
  db: DatabaseClient
  clock: Clock
  /** Cookies go over TLS only. */
  isSecure: boolean
}

export function createLucia(options: LuciaOptions): Lucia<Record<never, never>, UserAttributes> {
  return new Lucia(createAdapter(options), {
    sessionCookie: { name: 'parley_session', attributes: { secure: options.isSecure, sameSite: 'lax', path: '/' } },
    getUserAttributes: (attributes: UserAttributes): UserAttributes => ({
      role: attributes.role,
    }),
  })
}

function createAdapter({ db, clock }: LuciaOptions): Adapter {
  return {
    async getSessionAndUser(sessionId) {
      const [row] = await db.readWithSystem<AuthSessionRecord>(
        'verify sign-in',
        findAuthSession(hashCredential(sessionId)),
      )
      if (!row) return [null, null]
      const { userId, expiresAt, role } = row
      return [toDatabaseSession(sessionId, userId, expiresAt), { id: userId, attributes: { role } }]
    },
    async getUserSessions(userId) {
      const rows = await db.withSystem('verify sign-in', (tx) => listAuthSessions(tx, userId))
      return rows.map((row) => toDatabaseSession(row.idHash, userId, row.expiresAt))
    },
    setSession: (session) =>
      db.withSystem('sign in', (tx) =>
        insertAuthSession(tx, {
          idHash: hashCredential(session.id),
          userId: session.userId,
          expiresAt: session.expiresAt,
          now: clock(),
        }),
      ),
    updateSessionExpiration: (sessionId, expiresAt) =>
      db.withSystem('verify sign-in', (tx) => updateAuthSessionExpiry(tx, hashCredential(sessionId), expiresAt)),
    deleteSession: (sessionId) =>
      db.withSystem('end sign-in', (tx) => deleteAuthSession(tx, hashCredential(sessionId))),
    deleteUserSessions: (userId) => db.withSystem('end sign-in', (tx) => deleteAuthSessions(tx, userId)),
    deleteExpiredSessions: async () => {
      await db.withSystem('end sign-in', (tx) => deleteExpiredAuthSessions(tx, clock()))
    },
  }
}

function toDatabaseSession(id: string, userId: ParleyUserId, expiresAt: Date): DatabaseSession {
  return { id, userId, expiresAt, attributes: {} }
}
