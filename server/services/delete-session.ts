import { type DeletionRecord, findSessionDeletion, insertSessionDeletion } from '../../db/queries/deletion.ts'
import { deleteExportsHolding, updateExportsToRepeat } from '../../db/queries/data-export.ts'
import { insertJob } from '../../db/queries/job.ts'
import { deleteSession as deleteRows } from '../../db/queries/session.ts'
import { lockTranscript } from '../../db/queries/transcript.ts'
import { lockUser } from '../../db/queries/user.ts'
import type { Tx } from '../../db/client.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import { exportDataJob, finishDeletionJob } from '../jobs/definitions.ts'
import { cancelJobs } from './cancel-jobs.ts'
import { lastPassAfterMs } from './finish-deletion.ts'
import { hangUpDeletion } from './hang-up-deletion.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'provider' | 'log'>

/**
 * Deletes a session, whatever its status, with all that belongs to it: for everybody at once. What the store holds of it follows
 * in a job. Whoever is at work on it finds it gone: nothing that comes late brings it back. Sent again, the same deletion is given.
 * Throws NotFoundError.
 */
export async function deleteSession(deps: Deps, viewer: Viewer, sessionId: SessionId): Promise<DeletionRecord> {
  const now = deps.clock()
  const deletion = await deps.db.asViewer(viewer.id, async (tx) => {
    // In the order in which every writer locks. Whoever asks for an export waits until it is gone.
    await lockUser(tx, viewer.id)
    const transcript = await lockTranscript(tx, sessionId)
    const noted = transcript && (await insertSessionDeletion(tx, sessionId, { by: viewer.id, now }))
    if (!noted) return getEarlier(tx, sessionId)
    await cancelJobs(tx, [sessionId])
    await callExportsOff(tx, noted, now)
    await deleteRows(tx, sessionId)
    await insertJob(tx, finishDeletionJob(noted.id, now, 'first'))
    await insertJob(tx, finishDeletionJob(noted.id, new Date(now.getTime() + lastPassAfterMs), 'last'))
    return noted
  })
  deps.bus.ring(
    { topic: 'transcript', key: sessionId },
    { topic: 'session', key: sessionId },
    { topic: 'history', key: viewer.id, sessionId },
  )
  await hangUpDeletion(deps, deletion)
  return deletion
}

/** Whoever missed the answer has a right to the receipt all the same. */
async function getEarlier(tx: Tx, sessionId: SessionId): Promise<DeletionRecord> {
  const earlier = await findSessionDeletion(tx, sessionId)
  if (!earlier) throw new NotFoundError('There is no such session.')
  return earlier
}

/** No copy of it is left: exports that hold it go, and one that is being made is made anew, without it. */
async function callExportsOff(tx: Tx, { userId, startedAt }: DeletionRecord, now: Date): Promise<void> {
  if (startedAt === null) return
  // First those under way: one that is completed in this moment is then found among those that are there.
  for (const id of await updateExportsToRepeat(tx, { userId, startedAt })) await insertJob(tx, exportDataJob(id, now))
  await deleteExportsHolding(tx, { userId, startedAt })
}
