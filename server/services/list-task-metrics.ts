import { listTaskMetrics as queryTaskMetrics } from '../../db/queries/evaluation.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { SpeechMetrics } from '../domain/speech-metrics/speech-metrics.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By each test's id: what was measured of each answer alone, by its task's id. Without an entry for tests that are not evaluated. */
export async function listTaskMetrics(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  sessionIds: readonly SessionId[],
): Promise<Map<SessionId, Record<string, SpeechMetrics>>> {
  const found = await deps.db.asViewer(viewer.id, (tx) => queryTaskMetrics(tx, sessionIds))
  return new Map(found.map(({ sessionId, metrics }) => [sessionId, metrics]))
}
