import { listStrayCalls } from '../../db/queries/client-secret.ts'
import { hangUpAfterMs, longestCallMs } from '../domain/session-state.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100

/**
 * Hangs up the calls of conversations that nobody is there for; the sessions go on, and may call anew. And those that could not be
 * hung up when their session ended, or called anew. Gives how many.
 */
export async function hangUpSilentCalls(
  deps: Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'provider' | 'log'>,
): Promise<number> {
  const nowMs = deps.clock().getTime()
  const due = {
    lastSeenBefore: new Date(nowMs - hangUpAfterMs),
    endedSince: new Date(nowMs - longestCallMs),
    limit: batchSize,
  }
  const stray = await deps.db.withSystem('hang up silent calls', (tx) => listStrayCalls(tx, due))
  for (const [userId, calls] of Map.groupBy(stray, (call) => call.userId)) await hangUpCalls(deps, userId, calls)
  return stray.length
}
