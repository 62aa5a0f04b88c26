import { type listOpenCalls, updateHungUp } from '../../db/queries/client-secret.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { EventId, UserId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

export type OpenCall = Awaited<ReturnType<typeof listOpenCalls>>[number]

/** Best effort: what cannot be hung up now is tried again every minute (hang-up-silent-calls.ts). */
export async function hangUpCalls(
  deps: Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'provider' | 'log'>,
  userId: UserId,
  calls: readonly OpenCall[],
): Promise<void> {
  if (calls.length === 0) return
  const results = await Promise.allSettled(calls.map((call) => deps.provider.hangUp(call.providerCallId)))
  const done = calls.filter((_, index) => results[index]?.status === 'fulfilled').map((call) => call.id)
  if (done.length < calls.length) deps.log.warn({ failed: calls.length - done.length }, 'calls could not be hung up')
  await deps.db.asViewer(userId, async (tx) => {
    const at = deps.clock()
    for (const { sessionId, callNumber } of await updateHungUp(tx, done, at)) {
      const event = { id: deps.makeId<EventId>(), sessionId, userId, type: 'call_ended', detail: { callNumber }, at }
      await insertSessionEvent(tx, event)
    }
  })
}
