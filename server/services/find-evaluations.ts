import { type EvaluationRecord, listEvaluations } from '../../db/queries/evaluation.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { EvaluationId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By their ids. Without an entry for what does not exist and for what is not the viewer's. */
export async function findEvaluations(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  ids: readonly EvaluationId[],
): Promise<Map<EvaluationId, EvaluationRecord>> {
  const found = await deps.db.asViewer(viewer.id, (tx) => listEvaluations(tx, ids))
  return new Map(found.map((evaluation) => [evaluation.id, evaluation]))
}
