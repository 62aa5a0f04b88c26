import { hasAnyUser } from '../../db/queries/user.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface Installation {
  /** False until the first account, which becomes the administrator's. */
  hasAccounts: boolean
  requiresSetupCode: boolean
  maxSessionSeconds: number
  /** Days after which the audio of a recording is deleted; null: never. */
  recordingsKeepDays: number | null
}

/** What a visitor may know before signing in. */
export async function getInstallation(
  deps: Pick<ServiceDeps, 'db' | 'signUpRules' | 'limits' | 'retention'>,
): Promise<Installation> {
  const hasAccounts = await deps.db.withSystem('count accounts', hasAnyUser)
  return {
    hasAccounts,
    requiresSetupCode: !hasAccounts && deps.signUpRules.setupCode !== null,
    maxSessionSeconds: deps.limits.maxSessionSeconds,
    recordingsKeepDays: deps.retention.recordingsKeepDays,
  }
}
