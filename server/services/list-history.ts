import { type HistoryCursor, type HistoryFilter, historyCount, historyPage } from '../../db/queries/history.ts'
import { type SessionRecord, type SessionRow, toSessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import { isUuid } from '../domain/ids.ts'
import { isStorable } from './is-storable.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface HistoryWindow {
  filter: HistoryFilter
  direction: 'older' | 'newer'
  after: HistoryCursor | null
  before: HistoryCursor | null
  limit: number
}

/** Newest first, whichever way the window goes; `hasMore` in its direction. */
export async function listHistory(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  window: HistoryWindow,
): Promise<{ sessions: SessionRecord[]; hasMore: boolean }> {
  if (!canBeFound(window.filter)) return { sessions: [], hasMore: false }
  const statement = historyPage({ userId: viewer.id, ...window, limit: window.limit + 1 })
  const rows = await deps.db.readAsViewer<SessionRow>(viewer.id, statement)
  const sessions = rows.slice(0, window.limit).map(toSessionRecord)
  return { sessions: window.direction === 'older' ? sessions : sessions.reverse(), hasMore: rows.length > window.limit }
}

/** How many sessions the filter leaves. */
export async function countHistory(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  filter: HistoryFilter,
): Promise<number> {
  if (!canBeFound(filter)) return 0
  const [row] = await deps.db.readAsViewer<{ count: number }>(viewer.id, historyCount(viewer.id, filter))
  return row?.count ?? 0
}

function canBeFound(filter: HistoryFilter): boolean {
  return isStorable(filter.search ?? '') && (filter.questionId == null || isUuid(filter.questionId))
}
