import { listUnfinishedRecordings, type UnfinishedRecording } from '../../db/queries/recording.ts'
import { completeRecording } from './complete-recording.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100
/** A browser that is still there completes its upload itself within this. */
const browserTimeMs = 5 * 60_000
/** An upload that is not complete by then is left to the browser's next visit, which announces it anew. */
const patienceMs = 2 * 24 * 3_600_000

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'log'>

/** Completes recordings that arrived whole, but whose browser went away before it could say so. Gives how many. */
export async function finishRecordings(deps: Deps): Promise<number> {
  let finished = 0
  for await (const { id, userId, incomingKey, sizeBytes, sha256 } of unfinishedRecordings(deps)) {
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

/** All of them: those that never come would stand in the way of others for two days. */
async function* unfinishedRecordings(deps: Deps): AsyncGenerator<UnfinishedRecording> {
  const nowMs = deps.clock().getTime()
  const range = {
    announcedAfter: new Date(nowMs - patienceMs),
    announcedBefore: new Date(nowMs - browserTimeMs),
    limit: batchSize,
  }
  let last: UnfinishedRecording | null = null
  do {
    const batch: UnfinishedRecording[] = await deps.db.withSystem('finish recordings', (tx) =>
      listUnfinishedRecordings(tx, range, last),
    )
    yield* batch
    last = batch.length < batchSize ? null : (batch.at(-1) ?? null)
  } while (last !== null)
}
