import type { Tx } from '../../db/client.ts'
import { findUsage } from '../../db/queries/session.ts'
import type { UserRecord } from '../../db/queries/user.ts'
import { LimitError } from '../domain/errors.ts'
import type { ServiceDeps } from './service-deps.ts'

/**
 * For what is never cut short by the day's limit: it begins only where all of it has room. Throws LimitError with this message.
 */
export async function assertHasTime(
  deps: Pick<ServiceDeps, 'clock' | 'limits'>,
  tx: Tx,
  user: UserRecord,
  { seconds, message }: { seconds: number; message: string },
): Promise<void> {
  const minutes = deps.limits.dailyMinutes[user.entitlement]
  if (minutes === null) return
  const usage = await findUsage(tx, { userId: user.id, timeZone: user.timeZone, now: deps.clock() })
  if (usage.secondsUsed + seconds <= minutes * 60) return
  throw new LimitError(message, { limit: minutes * 60, used: usage.secondsUsed, resetsAt: usage.periodEnd })
}
