import { findUsage } from '../../db/queries/session.ts'
import type { UserRecord } from '../../db/queries/user.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface Usage {
  periodStart: Date
  periodEnd: Date
  secondsUsed: number
  /** Null: no limit. */
  secondsLimit: number | null
}

/** What was practised today, in the account's time zone. A running session counts with all that is reserved for it. */
export async function getUsage(deps: Pick<ServiceDeps, 'db' | 'clock' | 'limits'>, user: UserRecord): Promise<Usage> {
  const { periodStart, periodEnd, secondsUsed } = await deps.db.asViewer(user.id, (tx) =>
    findUsage(tx, { userId: user.id, timeZone: user.timeZone, now: deps.clock() }),
  )
  const dailyMinutes = deps.limits.dailyMinutes[user.entitlement]
  return { periodStart, periodEnd, secondsUsed, secondsLimit: dailyMinutes === null ? null : dailyMinutes * 60 }
}
