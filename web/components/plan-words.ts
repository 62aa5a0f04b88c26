/** The three plans in words, least first. */
import type { Entitlement } from '../gql/documents.ts'

export const plans: readonly Entitlement[] = ['LOCKED', 'BASIC', 'PRO']

export const planNames: Record<Entitlement, string> = { LOCKED: 'Locked', BASIC: 'Basic', PRO: 'Pro' }

export function isMore(plan: Entitlement, than: Entitlement): boolean {
  return plans.indexOf(plan) > plans.indexOf(than)
}
