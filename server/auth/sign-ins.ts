/** Who is signed in: made at sign-in, looked up on every request, forgotten at sign-out. */
import type { DatabaseClient } from '../../db/client.ts'
import { type AuthSessionRecord, findAuthSession } from '../../db/queries/auth-session.ts'
import type { Clock, UserId } from '../domain/ids.ts'
import { createLucia, hashSessionId } from './lucia.ts'
import type { Viewer } from './viewer.ts'

export interface SignIns {
  /** Gives the Set-Cookie value that signs the browser in. */
  start(userId: UserId): Promise<string>
  /** The viewer of a request, and the Set-Cookie value where the cookie has to be renewed or cleared. */
  verify(cookieHeader: string | undefined): Promise<{ viewer: Viewer | null; setCookie: string | null }>
  /** Whether the sign-in that `viewer` came with still holds. */
  isCurrent(viewer: Viewer): Promise<boolean>
  /** Ends the sign-in that the cookie names; gives the Set-Cookie value that clears it. */
  end(cookieHeader: string | undefined): Promise<string>
  /** Forgets what is remembered of a user: his sign-ins or rights have changed. Null forgets all. */
  drop(userId: UserId | null): void
}

/** How long a sign-in that was looked up is taken to hold; sign-out ends it at once, on every node. */
const rememberMs = 5_000
const maxRemembered = 10_000

export function createSignIns(options: { db: DatabaseClient; clock: Clock; isSecure: boolean }): SignIns {
  const lucia = createLucia(options)
  const remembered = new Map<string, { viewer: Viewer; until: number }>()
  // Counts what was told to be forgotten: an answer that was asked for before that may be out of date.
  let forgettings = 0
  const remember = (viewer: Viewer, asOf: number): void => {
    if (asOf !== forgettings) return
    const oldest = remembered.keys().next()
    if (remembered.size >= maxRemembered && !oldest.done) remembered.delete(oldest.value)
    remembered.set(viewer.signIn, { viewer, until: options.clock().getTime() + rememberMs })
  }
  const recall = (signIn: string): Viewer | null => {
    const entry = remembered.get(signIn)
    if (entry && entry.until > options.clock().getTime()) return entry.viewer
    remembered.delete(signIn)
    return null
  }

  return {
    async start(userId) {
      const session = await lucia.createSession(userId, {})
      return lucia.createSessionCookie(session.id).serialize()
    },
    async verify(cookieHeader) {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '')
      if (sessionId === null) return { viewer: null, setCookie: null }
      const signIn = hashSessionId(sessionId)
      const known = recall(signIn)
      if (known) return { viewer: known, setCookie: null }
      const asOf = forgettings
      const { session, user } = await lucia.validateSession(sessionId)
      if (!session) return { viewer: null, setCookie: lucia.createBlankSessionCookie().serialize() }
      const viewer: Viewer = { id: user.id, role: user.role, signIn }
      remember(viewer, asOf)
      return { viewer, setCookie: session.fresh ? lucia.createSessionCookie(sessionId).serialize() : null }
    },
    async isCurrent(viewer) {
      if (recall(viewer.signIn)) return true
      const asOf = forgettings
      const [row] = await options.db.readWithSystem<AuthSessionRecord>('verify sign-in', findAuthSession(viewer.signIn))
      if (!row || row.expiresAt <= options.clock()) return false
      remember({ ...viewer, role: row.role }, asOf)
      return true
    },
    async end(cookieHeader) {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '')
      if (sessionId !== null) {
        forgettings += 1
        remembered.delete(hashSessionId(sessionId))
        await lucia.invalidateSession(sessionId)
      }
      return lucia.createBlankSessionCookie().serialize()
    },
    drop(userId) {
      forgettings += 1
      for (const [signIn, { viewer }] of remembered)
        if (userId === null || viewer.id === userId) remembered.delete(signIn)
    },
  }
}
