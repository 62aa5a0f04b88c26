import { findTestTask as queryTestTask, type TestTaskRecord } from '../../db/queries/speaking-test.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { TestTaskId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findTestTask(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: TestTaskId,
): Promise<TestTaskRecord | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryTestTask(tx, id))
}
