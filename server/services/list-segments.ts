import { segmentsAfter } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { Segment } from '../domain/transcript.ts'
import type { ServiceDeps } from './service-deps.ts'

/** In sequence order: those that changed after `afterRevision`, all of them for 0. */
export async function listSegments(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  sessionId: SessionId,
  afterRevision: number,
): Promise<Segment[]> {
  return deps.db.readAsViewer<Segment>(viewer.id, segmentsAfter(sessionId, afterRevision))
}
