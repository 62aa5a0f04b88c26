import type { Tx } from '../../db/client.ts'
import { listOpenCalls } from '../../db/queries/client-secret.ts'
import { incrementCallCount, lockSession } from '../../db/queries/session.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { findUser, type UserRecord } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { LimitError, NotFoundError, SessionNotActiveError, UnauthenticatedError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import { hangUpCalls, type OpenCall } from './hang-up-calls.ts'
import { type ClientSecret, mintForCall } from './mint-for-call.ts'
import type { ServiceDeps } from './service-deps.ts'

/** A session that loses its call again and again is not helped by one more. */
const maxCalls = 60

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'provider' | 'log'>

/**
 * A fresh secret for a running conversation; the former call is hung up.
 * Throws NotFoundError, SessionNotActiveError, LimitError (time or calls used up), ProviderError (the session goes on).
 */
export async function mintClientSecret(deps: Deps, viewer: Viewer, sessionId: SessionId): Promise<ClientSecret> {
  const next = await deps.db.asViewer(viewer.id, (tx) => reserveCall(deps, tx, viewer, sessionId))
  await hangUpCalls(deps, viewer.id, next.openCalls)
  return mintForCall(deps, next.user, next.session, next.callNumber)
}

interface NextCall {
  session: SessionRecord
  user: UserRecord
  callNumber: number
  openCalls: OpenCall[]
}

async function reserveCall(deps: Deps, tx: Tx, viewer: Viewer, sessionId: SessionId): Promise<NextCall> {
  const session = await lockSession(tx, sessionId)
  if (!session) throw new NotFoundError('There is no such session.')
  if (session.mode !== 'CONVERSATION') throw new NotFoundError('This session has no partner to call.')
  if (session.status !== 'ACTIVE')
    throw new SessionNotActiveError('The session has ended. Start a new one.', session.status)
  const secondsUsed = Math.floor((deps.clock().getTime() - session.startedAt.getTime()) / 1000)
  if (secondsUsed >= session.capSeconds) {
    throw new LimitError("The session's time is up.", { limit: session.capSeconds, used: secondsUsed, resetsAt: null })
  }
  if (session.callCount >= maxCalls) {
    throw new LimitError('This session has been connected too often. Start a new one.', {
      limit: maxCalls,
      used: session.callCount,
      resetsAt: null,
    })
  }
  const user = await findUser(tx, viewer.id)
  if (!user) throw new UnauthenticatedError()
  const openCalls = await listOpenCalls(tx, sessionId)
  return { session, user, callNumber: await incrementCallCount(tx, sessionId), openCalls }
}
