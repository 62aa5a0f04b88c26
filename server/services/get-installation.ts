import { hasAnyUser } from '../../db/queries/user.ts'
import { type Entitlement, entitlements } from '../domain/entitlement.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface Installation {
  /** False until the first account, which becomes the administrator's. */
  hasAccounts: boolean
  requiresSetupCode: boolean
  /** Where not, an administrator sets plans. */
  hasPayments: boolean
  /** Least first. */
  plans: Plan[]
  maxSessionSeconds: number
  /** Days after which the audio of a recording is deleted; null: never. */
  recordingsKeepDays: number | null
}

export interface Plan {
  entitlement: Entitlement
  /** Practice time; null: no limit, 0: none. */
  secondsPerDay: number | null
}

/** What a visitor may know before signing in. */
export async function getInstallation(
  deps: Pick<ServiceDeps, 'db' | 'signUpRules' | 'limits' | 'retention' | 'payments'>,
): Promise<Installation> {
  const hasAccounts = await deps.db.withSystem('count accounts', hasAnyUser)
  return {
    hasAccounts,
    requiresSetupCode: !hasAccounts && deps.signUpRules.setupCode !== null,
    hasPayments: deps.payments !== null,
    plans: entitlements.map((entitlement) => toPlan(entitlement, deps.limits.dailyMinutes[entitlement])),
    maxSessionSeconds: deps.limits.maxSessionSeconds,
    recordingsKeepDays: deps.retention.recordingsKeepDays,
  }
}

function toPlan(entitlement: Entitlement, dailyMinutes: number | null): Plan {
  return { entitlement, secondsPerDay: dailyMinutes === null ? null : dailyMinutes * 60 }
}
