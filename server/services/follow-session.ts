import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import { findSession } from './find-session.ts'
import { follow } from './follow.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'signIns'>

/**
 * First the session as it is now, then after each change of status, privacy or recording; changes that come together
 * come as one. Ends when the session is gone or access ends. Throws NotFoundError before the first.
 */
export async function followSession(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
): Promise<AsyncIterableIterator<SessionRecord>> {
  if (!(await findSession(deps, viewer, sessionId))) throw new NotFoundError('There is no such session.')
  return follow(
    deps.bus,
    [
      ['session', sessionId],
      ['access', viewer.id],
    ],
    async function* (waiter) {
      for (let changeNumber = 0; !waiter.isStopped; await waiter.next()) {
        if (!(await deps.signIns.isCurrent(viewer))) return
        const session = await findSession(deps, viewer, sessionId)
        if (!session || waiter.isStopped) return
        if (session.changeNumber > changeNumber) {
          changeNumber = session.changeNumber
          yield session
        }
      }
    },
  )
}
