import { evaluationsById, type EvaluationRecord } from '../../db/queries/evaluation.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { EvaluationId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By their ids; without an entry for what does not exist and for what is not the viewer's. */
export async function findEvaluations(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  ids: readonly EvaluationId[],
): Promise<Map<EvaluationId, EvaluationRecord>> {
  const rows = await deps.db.readAsViewer<EvaluationRecord & Record<string, unknown>>(viewer.id, evaluationsById(ids))
  return new Map(rows.map((row) => [row.id, row]))
}
