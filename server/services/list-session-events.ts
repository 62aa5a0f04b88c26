import { listSessionEvents as queryEvents, type SessionEventRecord } from '../../db/queries/session-event.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Oldest first. */
export async function listSessionEvents(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  page: { sessionId: SessionId; after: { at: Date; id: string } | null; limit: number },
): Promise<{ events: SessionEventRecord[]; hasMore: boolean }> {
  const events = await deps.db.asViewer(viewer.id, (tx) => queryEvents(tx, { ...page, limit: page.limit + 1 }))
  return { events: events.slice(0, page.limit), hasMore: events.length > page.limit }
}
