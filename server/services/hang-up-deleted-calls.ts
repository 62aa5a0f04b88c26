import { listDeletionsWithOpenCalls } from '../../db/queries/deletion.ts'
import { longestCallMs } from '../domain/session-state.ts'
import { type HangUpDeletionDeps, hangUpDeletion, noteCallsOver } from './hang-up-deletion.ts'

const batchSize = 100
/** By then whoever deleted it has tried. */
const graceMs = 30_000

/** Hangs up calls of what was deleted while the voice service was away, and gives those up that have ended by themselves since. Gives how many deletions had some. */
export async function hangUpDeletedCalls(deps: HangUpDeletionDeps): Promise<number> {
  const nowMs = deps.clock().getTime()
  const due = { deletedBefore: new Date(nowMs - graceMs), limit: batchSize }
  const found = await deps.db.withSystem('hang up deleted calls', (tx) => listDeletionsWithOpenCalls(tx, due))
  const isOver = ({ deletedAt }: { deletedAt: Date }): boolean => deletedAt.getTime() < nowMs - longestCallMs
  await Promise.all(
    found.map((deletion) =>
      isOver(deletion) ? noteCallsOver(deps, deletion.id, deletion.openCalls) : hangUpDeletion(deps, deletion),
    ),
  )
  return found.length
}
