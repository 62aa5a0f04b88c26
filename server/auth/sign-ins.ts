/** Who asks: by a cookie, made at sign-in, or by an access token. Looked up on every request, forgotten at sign-out. */
import type { DatabaseClient } from '../../db/client.ts'
import { type AuthSessionRecord, findAuthSession } from '../../db/queries/auth-session.ts'
import type { Clock, UserId } from '../domain/ids.ts'
import { createAccessTokens, readTokenHash } from './access-tokens.ts'
import { hashCredential } from './hash-credential.ts'
import { createLucia } from './lucia.ts'
import { RememberedViewers } from './remembered-viewers.ts'
import type { Viewer } from './viewer.ts'

/** The headers by which a request says who sends it. */
export interface Credentials {
  cookie: string | undefined
  /** Where it bears an access token, that counts alone: no browser sends one by itself. */
  authorization?: string | undefined
}

export interface SignIns {
  /** Gives the Set-Cookie value that signs the browser in. */
  start(userId: UserId): Promise<string>
  /** The viewer of a request, and the Set-Cookie value where the cookie has to be renewed or cleared. */
  verify(credentials: Credentials): Promise<{ viewer: Viewer | null; setCookie: string | null }>
  /** Whether the sign-in or the token that `viewer` came with still holds. */
  isCurrent(viewer: Viewer): Promise<boolean>
  /** Ends the sign-in that the cookie names; gives the Set-Cookie value that clears it. */
  end(cookieHeader: string | undefined): Promise<string>
  /** Forgets what is remembered of a user: his sign-ins, tokens or rights have changed. Null forgets all. */
  drop(userId: UserId | null): void
}

export function createSignIns(options: { db: DatabaseClient; clock: Clock; isSecure: boolean }): SignIns {
  const lucia = createLucia(options)
  const tokens = createAccessTokens(options)
  const remembered = new RememberedViewers(options.clock)

  const findByToken = async (tokenHash: string): Promise<Viewer | null> => {
    const asOf = remembered.now()
    const found = await tokens.find(tokenHash)
    if (found) remembered.keep(found.viewer, asOf, found.expiresAt)
    return found?.viewer ?? null
  }

  return {
    async start(userId) {
      const session = await lucia.createSession(userId, {})
      return lucia.createSessionCookie(session.id).serialize()
    },
    async verify({ cookie, authorization }) {
      const tokenHash = readTokenHash(authorization)
      if (tokenHash !== null) {
        return { viewer: remembered.find(tokenHash) ?? (await findByToken(tokenHash)), setCookie: null }
      }
      const sessionId = lucia.readSessionCookie(cookie ?? '')
      if (sessionId === null) return { viewer: null, setCookie: null }
      const signIn = hashCredential(sessionId)
      const known = remembered.find(signIn)
      if (known) return { viewer: known, setCookie: null }
      const asOf = remembered.now()
      const { session, user } = await lucia.validateSession(sessionId)
      if (!session) return { viewer: null, setCookie: lucia.createBlankSessionCookie().serialize() }
      const viewer: Viewer = { id: user.id, role: user.role, signIn, scopes: null }
      remembered.keep(viewer, asOf, session.expiresAt)
      return { viewer, setCookie: session.fresh ? lucia.createSessionCookie(sessionId).serialize() : null }
    },
    async isCurrent(viewer) {
      if (remembered.find(viewer.signIn)) return true
      if (viewer.scopes !== null) return (await findByToken(viewer.signIn)) !== null
      const asOf = remembered.now()
      const [row] = await options.db.readWithSystem<AuthSessionRecord>('verify sign-in', findAuthSession(viewer.signIn))
      if (!row || row.expiresAt <= options.clock()) return false
      remembered.keep({ ...viewer, role: row.role }, asOf, row.expiresAt)
      return true
    },
    async end(cookieHeader) {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '')
      if (sessionId !== null) {
        remembered.drop((viewer) => viewer.signIn === hashCredential(sessionId))
        await lucia.invalidateSession(sessionId)
      }
      return lucia.createBlankSessionCookie().serialize()
    },
    drop: (userId) => remembered.drop((viewer) => userId === null || viewer.id === userId),
  }
}
