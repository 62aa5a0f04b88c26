import { deleteExpiredAuthSessions } from '../../db/queries/auth-session.ts'
import { deleteUnusedSecrets } from '../../db/queries/client-secret.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Kept this long after they ran out, for whoever looks into what happened. */
const keptMs = 24 * 3_600_000

/** Forgets sign-ins and client secrets that are good for nothing any more. Gives how many. */
export async function sweepSecrets(deps: Pick<ServiceDeps, 'db' | 'clock'>): Promise<number> {
  const expiredBefore = new Date(deps.clock().getTime() - keptMs)
  return deps.db.withSystem('sweep secrets', async (tx) => {
    const signIns = await deleteExpiredAuthSessions(tx, expiredBefore)
    return signIns + (await deleteUnusedSecrets(tx, expiredBefore))
  })
}
