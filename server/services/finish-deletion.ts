import {
  type DeletionRecord,
  findDeletion,
  listDeletionsOfUser,
  updateDeletionVerified,
} from '../../db/queries/deletion.ts'
import { listNeededKeys } from '../../db/queries/recording.ts'
import type { DeletionId, SessionId, UserId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/**
 * By then no address is valid any more that takes an upload (15 minutes), none that was begun with one is still arriving (15 more),
 * and whoever was at work on it has finished.
 */
export const lastPassAfterMs = 35 * 60_000

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'blobs' | 'payments' | 'log'>

/**
 * Deletes what the store and the payment service hold of something deleted, and notes it as verified once all was seen to be gone.
 * May be run any number of times. Throws what may come right by itself, to be called again.
 */
export async function finishDeletion(deps: Deps, id: DeletionId): Promise<void> {
  const found = await deps.db.withSystem('finish deletion', async (tx) => {
    const deletion = await findDeletion(tx, id)
    if (deletion?.kind !== 'ACCOUNT') return deletion && { deletion, ofSessions: [] }
    return { deletion, ofSessions: await listDeletionsOfUser(tx, deletion.userId) }
  })
  if (!found) return
  for (const deletion of found.ofSessions) await finish(deps, deletion)
  await finish(deps, found.deletion)
}

async function finish(deps: Deps, deletion: DeletionRecord): Promise<void> {
  if (deletion.sessionId !== null)
    for (const folder of foldersOfSession(deletion.sessionId)) await deleteAll(deps, folder)
  await deleteUnneededExports(deps, deletion.userId)
  if (deletion.customerId !== null) await deleteCustomer(deps, deletion.customerId)
  if (deletion.verifiedAt === null)
    await deps.db.withSystem('finish deletion', (tx) => updateDeletionVerified(tx, deletion.id, deps.clock()))
}

async function deleteCustomer(deps: Pick<Deps, 'payments' | 'log'>, customerId: string): Promise<void> {
  if (deps.payments) await deps.payments.deleteCustomer(customerId)
  else
    deps.log.warn(
      { customerId },
      'an account was deleted that a payment service knows, but payments are not set up any more: delete the customer there',
    )
}

/** Where uploads, recordings and measurements of a session lie: all of each folder is its own. */
function foldersOfSession(sessionId: SessionId): string[] {
  return [`incoming/${sessionId}/`, `recordings/${sessionId}/`, `measurements/${sessionId}/`]
}

/** Copies that held it. */
async function deleteUnneededExports(deps: Pick<Deps, 'db' | 'blobs'>, userId: UserId): Promise<void> {
  const keys: string[] = []
  for await (const { key } of deps.blobs.list(`exports/${userId}/`)) keys.push(key)
  if (keys.length === 0) return
  const needed = await deps.db.withSystem('finish deletion', (tx) => listNeededKeys(tx, keys))
  for (const key of keys) if (!needed.includes(key)) await deps.blobs.delete(key)
}

async function deleteAll(deps: Pick<Deps, 'blobs'>, folder: string): Promise<void> {
  for await (const { key } of deps.blobs.list(folder)) await deps.blobs.delete(key)
  for await (const _blob of deps.blobs.list(folder)) throw new Error('something deleted is still in the store')
}
