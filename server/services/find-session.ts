import { sessionById } from '../../db/queries/session.ts'
import { type SessionRecord, type SessionRow, toSessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist and for what is not the viewer's. */
export async function findSession(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: SessionId,
): Promise<SessionRecord | null> {
  const [row] = await deps.db.readAsViewer<SessionRow>(viewer.id, sessionById(id))
  return row ? toSessionRecord(row) : null
}
