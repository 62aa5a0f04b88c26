import { listRecordingsToPrune, type RecordingToPrune, updatePruned } from '../../db/queries/recording-measurement.ts'
import { lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { EventId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100
const dayMs = 24 * 3_600_000

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'retention'>

/**
 * Deletes the audio of recordings that are older than this installation keeps them, and nothing else of them. It is called
 * pruned only once it is gone: what is killed in between is done again. Gives how many. Throws BlobStoreUnavailableError.
 */
export async function pruneRecordings(deps: Deps): Promise<number> {
  const { recordingsKeepDays } = deps.retention
  if (recordingsKeepDays === null) return 0
  const storedBefore = new Date(deps.clock().getTime() - recordingsKeepDays * dayMs)
  let pruned = 0
  for (;;) {
    const due = { storedBefore, limit: batchSize }
    const recordings = await deps.db.withSystem('prune recordings', (tx) => listRecordingsToPrune(tx, due))
    for (const recording of recordings) await prune(deps, recording)
    pruned += recordings.length
    if (recordings.length < batchSize) return pruned
  }
}

async function prune(deps: Deps, { id, sessionId, userId, part, storageKey }: RecordingToPrune): Promise<void> {
  await deps.blobs.delete(storageKey)
  const isPruned = await deps.db.withSystem('prune recordings', async (tx) => {
    const now = deps.clock()
    if (!(await lockSession(tx, sessionId)) || !(await updatePruned(tx, id, now))) return false
    const keepDays = deps.retention.recordingsKeepDays
    const event = { id: deps.makeId<EventId>(), sessionId, userId, type: 'prune', detail: { part, keepDays }, at: now }
    await insertSessionEvent(tx, event)
    await updateChangeNumber(tx, sessionId, now)
    return true
  })
  if (isPruned) deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: userId, sessionId })
}
