import { type DrillDetails, drillDetails, type DrillDetailsRow, toDrillDetails } from '../../db/queries/drill.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By each drill's id, whatever became of its pack since; without an entry for what is no drill of the viewer's. */
export async function findDrillDetails(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  ids: readonly SessionId[],
): Promise<Map<SessionId, DrillDetails>> {
  const statement = drillDetails(viewer.id, ids)
  const rows = await deps.db.readAsViewer<DrillDetailsRow & Record<string, unknown>>(viewer.id, statement)
  return new Map(rows.map((row) => [row.drillId, toDrillDetails(row)]))
}
