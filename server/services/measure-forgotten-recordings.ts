import { insertJob } from '../../db/queries/job.ts'
import { listGivenUp, listUnmeasured, updateToMeasureAgain } from '../../db/queries/recording-measurement.ts'
import { measureRecordingJob } from '../jobs/definitions.ts'
import { storageUnavailable } from './measure-recording.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100
/** By then every try of the recording's own job is over. */
const forgottenAfterMs = 3_600_000

/**
 * Queues stored recordings that nobody measured, because their job was lost or they are older than measuring, and those that
 * were given up because the store was away. Gives how many.
 */
export async function measureForgottenRecordings(deps: Pick<ServiceDeps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock()
  const due = { before: new Date(now.getTime() - forgottenAfterMs), limit: batchSize }
  return deps.db.withSystem('measure forgotten recordings', async (tx) => {
    const givenUp = await listGivenUp(tx, { ...due, code: storageUnavailable })
    for (const id of givenUp) await updateToMeasureAgain(tx, id)
    const ids = [...givenUp, ...(await listUnmeasured(tx, due))]
    for (const id of new Set(ids)) await insertJob(tx, measureRecordingJob(id, now))
    return ids.length
  })
}
