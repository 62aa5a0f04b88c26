import { type PreviousDrillResultRow, previousDrillResults } from '../../db/queries/drill.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { DrillResult } from '../domain/drill-result.ts'
import type { EvaluationId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By each judgement's id: what came of the viewer's last drill on the same question before it. Without an entry where there is none. */
export async function findPreviousDrillResults(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  ids: readonly EvaluationId[],
): Promise<Map<EvaluationId, DrillResult>> {
  const rows = await deps.db.readAsViewer<PreviousDrillResultRow>(viewer.id, previousDrillResults(viewer.id, ids))
  return new Map(rows.map(({ id, result }) => [id, result]))
}
