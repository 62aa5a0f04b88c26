import { deleteDataExport, listExpiredExports } from '../../db/queries/data-export.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100
/** One that never came to an end is forgotten after this. */
const patienceMs = 7 * 24 * 3_600_000

/** Deletes exports whose time is over, from the store first. Gives how many. Throws BlobStoreUnavailableError. */
export async function sweepExports(deps: Pick<ServiceDeps, 'db' | 'clock' | 'blobs'>): Promise<number> {
  const now = deps.clock()
  const due = { expiredBefore: now, askedBefore: new Date(now.getTime() - patienceMs), limit: batchSize }
  const expired = await deps.db.withSystem('sweep exports', (tx) => listExpiredExports(tx, due))
  for (const { id, storageKey } of expired) {
    if (storageKey !== null) await deps.blobs.delete(storageKey)
    await deps.db.withSystem('sweep exports', (tx) => deleteDataExport(tx, id))
  }
  return expired.length
}
