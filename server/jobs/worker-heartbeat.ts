/**
 * Frees the jobs of workers that died. The queue itself keeps a dead worker's job locked for four hours (graphile-worker's
 * manual, "forceUnlockWorkers"); with a sign of life from each worker it is less than a minute.
 */
import type { Pool } from '../../db/open-pool.ts'
import { deleteHeartbeats, unlockJobsOfTheDead, upsertHeartbeats } from '../../db/queries/worker-heartbeat.ts'

export interface HeartbeatOptions {
  /** As the owner of the queue's tables. */
  pool: Pool
  /** The workers of this process, as they are now, by the names under which they lock jobs. */
  workerIds: () => string[]
  /** Told of a beat that failed; the next one comes all the same. */
  onError: (error: Error) => void
}

const intervalMs = 10_000
/** A worker without a sign of life for this long is dead. */
const deadAfterMs = 30_000

/** Resolves after the first beat. `stop` takes this process' workers off the list. */
export async function startHeartbeat(options: HeartbeatOptions): Promise<{ stop(): Promise<void> }> {
  const { pool, workerIds, onError } = options
  const beat = async (): Promise<void> => {
    await upsertHeartbeats(pool, workerIds())
    await unlockJobsOfTheDead(pool, deadAfterMs)
  }
  let current = beat()
  await current
  const tell = (error: unknown): void => onError(error instanceof Error ? error : new Error(String(error)))
  const timer = setInterval(() => {
    current = beat().catch(tell)
  }, intervalMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await current
      // Without a word they count as dead in a while.
      await deleteHeartbeats(pool, workerIds()).catch(tell)
    },
  }
}
