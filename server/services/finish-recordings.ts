import { listUnfinishedRecordings } from '../../db/queries/recording.ts'
import { completeRecording } from './complete-recording.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100
/** A browser that is still there completes its upload itself within this. */
const browserTimeMs = 5 * 60_000
/** An upload that is not complete by then is left to the browser's next visit. */
const patienceMs = 2 * 24 * 3_600_000

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'log'>

/** Completes recordings that arrived whole, but whose browser went away before it could say so. Gives how many. */
export async function finishRecordings(deps: Deps): Promise<number> {
  const nowMs = deps.clock().getTime()
  const range = {
    announcedAfter: new Date(nowMs - patienceMs),
    announcedBefore: new Date(nowMs - browserTimeMs),
    limit: batchSize,
  }
  const unfinished = await deps.db.withSystem('finish recordings', (tx) => listUnfinishedRecordings(tx, range))
  let finished = 0
  for (const { id, userId, incomingKey, sizeBytes, sha256 } of unfinished) {
    const found = await deps.blobs.head(incomingKey)
    if (found?.sizeBytes !== sizeBytes || found.sha256Hex !== sha256) continue
    try {
      await completeRecording(deps, { id: userId }, id)
      finished += 1
    } catch {
      // Announced anew, or deleted, in this moment: its browser is there and sees to it.
      deps.log.warn({ recordingId: id }, 'a recording that lies in the store could not be completed')
    }
  }
  return finished
}
