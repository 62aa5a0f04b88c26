import { previousAttempts } from '../../db/queries/session.ts'
import { type SessionRecord, type SessionRow, toSessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/**
 * By each session's id: the viewer's newest one of the same topic that was started before it and did not fail. Without an
 * entry where there is none.
 */
export async function findPreviousAttempts(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  ids: readonly SessionId[],
): Promise<Map<SessionId, SessionRecord>> {
  const statement = previousAttempts(viewer.id, ids)
  const rows = await deps.db.readAsViewer<SessionRow & { laterId: SessionId }>(viewer.id, statement)
  return new Map(rows.map(({ laterId, ...row }) => [laterId, toSessionRecord(row)]))
}
