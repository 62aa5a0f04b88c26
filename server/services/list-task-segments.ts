import { taskSegments } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { Segment } from '../domain/transcript.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By each test's id: what was said in its tasks, in order. Without an entry where nothing was. */
export async function listTaskSegments(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  sessionIds: readonly SessionId[],
): Promise<Map<SessionId, Segment[]>> {
  const statement = taskSegments(sessionIds)
  const found = await deps.db.readAsViewer<Segment & { sessionId: SessionId }>(viewer.id, statement)
  return Map.groupBy(found, ({ sessionId }) => sessionId)
}
