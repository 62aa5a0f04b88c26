import { deletePublication } from '../../db/queries/publication.ts'
import { findSession, lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { EventId, SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Takes a session back: from now on its address leads nowhere, for good. One that is private stays so. Throws NotFoundError. */
export async function unpublishSession(
  deps: Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId'>,
  viewer: Viewer,
  sessionId: SessionId,
): Promise<SessionRecord> {
  const session = await deps.db.asViewer(viewer.id, async (tx) => {
    if (!(await lockSession(tx, sessionId))) throw new NotFoundError('There is no such session.')
    if (await deletePublication(tx, sessionId)) {
      const now = deps.clock()
      await updateChangeNumber(tx, sessionId, now)
      const owner = { sessionId, userId: viewer.id }
      await insertSessionEvent(tx, { id: deps.makeId<EventId>(), ...owner, type: 'unpublish', at: now })
    }
    return findSession(tx, sessionId)
  })
  if (!session) throw new NotFoundError('There is no such session.')
  deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: viewer.id, sessionId })
  return session
}
