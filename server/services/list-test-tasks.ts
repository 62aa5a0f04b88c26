import { listTestTasks as queryTestTasks, type TestTaskRecord } from '../../db/queries/speaking-test.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** In their order; none for what is no speaking test of the viewer's. */
export async function listTestTasks(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  sessionId: SessionId,
): Promise<TestTaskRecord[]> {
  return deps.db.asViewer(viewer.id, (tx) => queryTestTasks(tx, sessionId))
}
