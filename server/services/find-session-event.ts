import { findSessionEvent as queryEvent, type SessionEventRecord } from '../../db/queries/session-event.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { EventId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findSessionEvent(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: EventId,
): Promise<SessionEventRecord | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryEvent(tx, id))
}
