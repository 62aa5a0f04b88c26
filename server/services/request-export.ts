import {
  type DataExportRecord,
  findDataExportByRequest,
  insertDataExport,
  listUsableExports,
} from '../../db/queries/data-export.ts'
import { insertJob } from '../../db/queries/job.ts'
import { findSession } from '../../db/queries/session.ts'
import { lockUser } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, LimitError, NotFoundError, UnauthenticatedError } from '../domain/errors.ts'
import type { DataExportId, SessionId } from '../domain/ids.ts'
import { exportDataJob } from '../jobs/definitions.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Each lies in the store for a day. */
const mostExports = 10

/**
 * Asks for a copy of one session, or of all that is the viewer's. Sent again, it asks for no second one; while one of the same is
 * being made, that one is given.
 * Throws NotFoundError (session), ConflictError (the same request, for another session), LimitError.
 */
export async function requestExport(
  deps: Pick<ServiceDeps, 'db' | 'clock' | 'makeId'>,
  viewer: Viewer,
  { requestId, sessionId }: { requestId: string; sessionId: SessionId | null },
): Promise<DataExportRecord> {
  return deps.db.asViewer(viewer.id, async (tx) => {
    if (!(await lockUser(tx, viewer.id))) throw new UnauthenticatedError()
    const earlier = await findDataExportByRequest(tx, viewer.id, requestId)
    if (earlier && earlier.sessionId !== sessionId)
      throw new ConflictError('This request was sent before with another choice. Use a new requestId.')
    if (earlier) return earlier
    if (sessionId !== null && !(await findSession(tx, sessionId))) throw new NotFoundError('There is no such session.')
    const kept = await listUsableExports(tx, viewer.id, mostExports)
    const underWay = kept.find(
      (each) => each.sessionId === sessionId && (each.status === 'PENDING' || each.status === 'PROCESSING'),
    )
    if (underWay) return underWay
    if (kept.length >= mostExports) {
      const resetsAt = kept.at(-1)?.expiresAt ?? null
      throw new LimitError('You have as many exports as are kept at a time. Wait until one has run out.', {
        limit: mostExports,
        used: kept.length,
        resetsAt,
      })
    }
    const now = deps.clock()
    const id = deps.makeId<DataExportId>()
    const asked = await insertDataExport(tx, { id, userId: viewer.id, requestId, sessionId, now })
    await insertJob(tx, exportDataJob(id, now))
    return asked
  })
}
