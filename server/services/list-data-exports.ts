import { type DataExportRecord, listDataExports as queryDataExports } from '../../db/queries/data-export.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Newest first. */
export async function listDataExports(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  page: { before: string | null; limit: number },
): Promise<{ exports: DataExportRecord[]; hasMore: boolean }> {
  const rows = await deps.db.asViewer(viewer.id, (tx) =>
    queryDataExports(tx, { userId: viewer.id, before: page.before, limit: page.limit + 1 }),
  )
  return { exports: rows.slice(0, page.limit), hasMore: rows.length > page.limit }
}
