import { insertJob } from '../../db/queries/job.ts'
import { updateToMeasureAgain } from '../../db/queries/recording-measurement.ts'
import { listNeededKeys, listRecordingsToLookFor, updateLookedFor } from '../../db/queries/recording.ts'
import { lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { EventId } from '../domain/ids.ts'
import { measureRecordingJob } from '../jobs/definitions.ts'
import type { ListedBlob } from '../storage/blob-store.ts'
import type { ServiceDeps } from './service-deps.ts'

/** What lies in the store this long without anybody needing it has been forgotten there. */
const forgottenAfterMs = 24 * 3_600_000
/** How often each stored recording is looked for. */
const lookEveryMs = 7 * 24 * 3_600_000
const keysAtOnce = 500
const looksAtOnce = 200

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'log'>

/**
 * Holds store and database against each other: deletes objects that no recording needs, and notes recordings that the store
 * has lost, or has again. Gives how many of each. Throws BlobStoreUnavailableError.
 */
export async function sweepRecordings(deps: Deps): Promise<{ deleted: number; lost: number }> {
  let deleted = 0
  for (const prefix of ['incoming/', 'recordings/', 'measurements/', 'exports/']) {
    for await (const keys of inBatches(forgottenKeys(deps, prefix))) deleted += await deleteUnneeded(deps, keys)
  }
  return { deleted, lost: await lookForRecordings(deps) }
}

async function* forgottenKeys(deps: Deps, prefix: string): AsyncGenerator<string> {
  const storedBefore = deps.clock().getTime() - forgottenAfterMs
  const blobs: AsyncIterable<ListedBlob> = deps.blobs.list(prefix)
  for await (const { key, storedAt } of blobs) if (storedAt.getTime() < storedBefore) yield key
}

async function* inBatches(keys: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = []
  for await (const key of keys) {
    batch.push(key)
    if (batch.length < keysAtOnce) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function deleteUnneeded(deps: Deps, keys: string[]): Promise<number> {
  const needed = new Set(await deps.db.withSystem('sweep recordings', (tx) => listNeededKeys(tx, keys)))
  const unneeded = keys.filter((key) => !needed.has(key))
  for (const key of unneeded) await deps.blobs.delete(key)
  return unneeded.length
}

/** Gives how many are found to be gone, or back. */
async function lookForRecordings(deps: Deps): Promise<number> {
  const now = deps.clock()
  const due = {
    lookedForBefore: new Date(now.getTime() - lookEveryMs),
    storedBefore: new Date(now.getTime() - forgottenAfterMs),
    limit: looksAtOnce,
  }
  const recordings = await deps.db.withSystem('sweep recordings', (tx) => listRecordingsToLookFor(tx, due))
  let lost = 0
  for (const recording of recordings) {
    const isMissing = !(await exists(deps, recording.storageKey))
    const hasChanged = isMissing !== (recording.missingAt !== null)
    const missingAt = isMissing ? (recording.missingAt ?? now) : null
    await deps.db.withSystem('sweep recordings', async (tx) => {
      const { sessionId, userId } = recording
      const isThere = (await lockSession(tx, sessionId)) !== null
      if (!isThere || !(await updateLookedFor(tx, recording.id, { lookedForAt: now, missingAt })) || !hasChanged) return
      const type = isMissing ? 'recording_lost' : 'recording_found'
      await insertSessionEvent(tx, { id: deps.makeId<EventId>(), sessionId, userId, type, at: now })
      await updateChangeNumber(tx, sessionId, now)
      // It may have been gone when it was to be measured.
      if (!isMissing && (await updateToMeasureAgain(tx, recording.id)))
        await insertJob(tx, measureRecordingJob(recording.id, now))
    })
    if (!hasChanged) continue
    const { sessionId, userId } = recording
    deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: userId, sessionId })
    if (!isMissing) continue
    lost += 1
    deps.log.warn({ recordingId: recording.id }, 'the store has lost a recording')
  }
  return lost
}

/** By its name alone: a look at the object itself may read all of it. */
async function exists(deps: Deps, key: string): Promise<boolean> {
  const folder = key.slice(0, key.lastIndexOf('/') + 1)
  for await (const blob of deps.blobs.list(folder)) if (blob.key === key) return true
  return false
}
