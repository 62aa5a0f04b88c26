import { deleteJobs } from '../../db/queries/job.ts'
import { listRecordingsOf } from '../../db/queries/recording.ts'
import type { Tx } from '../../db/client.ts'
import type { SessionId } from '../domain/ids.ts'
import { jobKeysOf } from '../jobs/definitions.ts'

/** Takes all that waits to be done about these sessions and their recordings out of the queue, before their rows go. */
export async function cancelJobs(tx: Tx, sessionIds: readonly SessionId[]): Promise<void> {
  const recordings = await listRecordingsOf(tx, sessionIds)
  const recordingIds = recordings.map(({ id }) => id)
  await deleteJobs(tx, jobKeysOf(sessionIds, recordingIds))
}
