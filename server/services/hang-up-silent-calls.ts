import { listSilentCalls } from '../../db/queries/client-secret.ts'
import { hangUpAfterMs } from '../domain/session-state.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100

/** Hangs up the calls of conversations that nobody is there for; the sessions go on, and may call anew. Gives how many. */
export async function hangUpSilentCalls(deps: Pick<ServiceDeps, 'db' | 'clock' | 'provider' | 'log'>): Promise<number> {
  const due = { lastSeenBefore: new Date(deps.clock().getTime() - hangUpAfterMs), limit: batchSize }
  const silent = await deps.db.withSystem('hang up silent calls', (tx) => listSilentCalls(tx, due))
  for (const [userId, calls] of Map.groupBy(silent, (call) => call.userId)) await hangUpCalls(deps, userId, calls)
  return silent.length
}
