import { type DeletionRecord, removeOpenCalls } from '../../db/queries/deletion.ts'
import { insertJob } from '../../db/queries/job.ts'
import { finishDeletionJob } from '../jobs/definitions.ts'
import type { ServiceDeps } from './service-deps.ts'

export type HangUpDeletionDeps = Pick<ServiceDeps, 'db' | 'clock' | 'provider' | 'log'>

/** Best effort, for calls of what was deleted: those that cannot be hung up now are tried again every minute (hang-up-deleted-calls.ts). */
export async function hangUpDeletion(
  deps: HangUpDeletionDeps,
  { id, openCalls }: Pick<DeletionRecord, 'id' | 'openCalls'>,
): Promise<void> {
  if (openCalls.length === 0) return
  const results = await Promise.allSettled(openCalls.map((callId) => deps.provider.hangUp(callId)))
  const done = openCalls.filter((_, index) => results[index]?.status === 'fulfilled')
  if (done.length < openCalls.length)
    deps.log.warn({ deletionId: id, failed: openCalls.length - done.length }, 'calls could not be hung up')
  await noteCallsOver(deps, id, done)
}

/** Has the deletion looked at again: it may be whole now. */
export async function noteCallsOver(
  deps: Pick<HangUpDeletionDeps, 'db' | 'clock'>,
  id: DeletionRecord['id'],
  callIds: readonly string[],
): Promise<void> {
  if (callIds.length === 0) return
  await deps.db.withSystem('hang up deleted calls', async (tx) => {
    const whole = await removeOpenCalls(tx, id, callIds)
    await insertJob(tx, finishDeletionJob(whole, deps.clock(), 'first'))
  })
}
