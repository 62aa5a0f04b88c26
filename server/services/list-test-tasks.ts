import { listTestTasksOf, type TestTaskRecord } from '../../db/queries/speaking-test.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By each session's id: its tasks in their order. Without an entry for what is no speaking test of the viewer's. */
export async function listTestTasks(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  sessionIds: readonly SessionId[],
): Promise<Map<SessionId, TestTaskRecord[]>> {
  const found = await deps.db.asViewer(viewer.id, (tx) => listTestTasksOf(tx, sessionIds))
  return Map.groupBy(found, ({ sessionId }) => sessionId)
}
