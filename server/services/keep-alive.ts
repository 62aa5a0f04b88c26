import { findSession, updateLastSeen } from '../../db/queries/session.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError, SessionNotActiveError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import { abandonAfterMs } from '../domain/session-state.ts'
import type { ServiceDeps } from './service-deps.ts'

/**
 * Notes a sign of life. `remainingSeconds` is 0 when the time is up; a test or a drill, which nobody waits for, has as much as
 * there is until it is given up. Throws NotFoundError, SessionNotActiveError.
 */
export async function keepAlive(
  deps: Pick<ServiceDeps, 'db' | 'clock'>,
  viewer: Viewer,
  sessionId: SessionId,
): Promise<{ session: SessionRecord; remainingSeconds: number }> {
  const now = deps.clock()
  const session = await deps.db.asViewer(viewer.id, async (tx) => {
    const found = await findSession(tx, sessionId)
    if (found?.status === 'ACTIVE') await updateLastSeen(tx, sessionId, now)
    return found
  })
  if (!session) throw new NotFoundError('There is no such session.')
  if (session.status !== 'ACTIVE') throw new SessionNotActiveError('The session has ended.', session.status)
  if (session.mode !== 'CONVERSATION') return { session, remainingSeconds: abandonAfterMs[session.mode] / 1_000 }
  const usedSeconds = (now.getTime() - session.startedAt.getTime()) / 1000
  return { session, remainingSeconds: Math.max(0, Math.floor(session.capSeconds - usedSeconds)) }
}
