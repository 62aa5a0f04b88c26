import { listUnverifiedDeletions } from '../../db/queries/deletion.ts'
import { finishDeletion } from './finish-deletion.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100
/** By then the deletion's own job has been tried several times. */
const forgottenAfterMs = 30 * 60_000

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'blobs' | 'payments' | 'log'>

/** Brings deletions to their end whose job was lost or gave up, as while the store was away. Gives how many. */
export async function finishForgottenDeletions(deps: Deps): Promise<number> {
  const due = { deletedBefore: new Date(deps.clock().getTime() - forgottenAfterMs), limit: batchSize }
  const ids = await deps.db.withSystem('finish deletion', (tx) => listUnverifiedDeletions(tx, due))
  let finished = 0
  for (const id of ids) {
    try {
      await finishDeletion(deps, id)
      finished += 1
    } catch (error) {
      deps.log.warn({ deletionId: id, err: error }, 'a deletion could not be brought to its end')
    }
  }
  return finished
}
