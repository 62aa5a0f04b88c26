import { findTaskMetrics as queryTaskMetrics } from '../../db/queries/evaluation.ts'
import type { TestTaskRecord } from '../../db/queries/speaking-test.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SpeechMetrics } from '../domain/speech-metrics/speech-metrics.ts'
import type { ServiceDeps } from './service-deps.ts'

/** What was measured of one answer alone; null until its test is evaluated. */
export async function findTaskMetrics(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  task: Pick<TestTaskRecord, 'id' | 'sessionId'>,
): Promise<SpeechMetrics | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryTaskMetrics(tx, task.sessionId, task.id))
}
