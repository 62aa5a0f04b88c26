import { type DataExportRecord, findDataExport as queryDataExport } from '../../db/queries/data-export.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { DataExportId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findDataExport(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: DataExportId,
): Promise<DataExportRecord | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryDataExport(tx, id))
}
