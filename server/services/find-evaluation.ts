import { findEvaluation as queryEvaluation, type EvaluationRecord } from '../../db/queries/evaluation.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { EvaluationId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findEvaluation(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  id: EvaluationId,
): Promise<EvaluationRecord | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryEvaluation(tx, id))
}
