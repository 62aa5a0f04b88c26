/** What a payment does to an entitlement. Source: document 004, "User Entity", state transitions. */
import { type Entitlement, entitlements } from './entitlement.ts'

/** Every move that a payment may make; an administrator may make any other. */
export const paymentMoves: readonly { from: Entitlement; to: Entitlement; after: string }[] = [
  { from: 'LOCKED', to: 'BASIC', after: 'a payment' },
  { from: 'BASIC', to: 'PRO', after: 'a payment for the upgrade' },
  { from: 'BASIC', to: 'LOCKED', after: 'a cancellation' },
  { from: 'PRO', to: 'LOCKED', after: 'a cancellation' },
]

/**
 * The entitlements that an account passes through, one move each, when what is paid changes; the last one holds. None where it stays:
 * nothing changed that is paid (a renewal), or somebody set another entitlement that the payment does not lift. Who pays for less
 * than before has cancelled the one and paid for the other.
 */
export function toPaymentSteps(current: Entitlement, paid: { before: Entitlement; now: Entitlement }): Entitlement[] {
  const change = rankOf(paid.now) - rankOf(paid.before)
  if (change === 0) return []
  if (change > 0) return climb(current, paid.now)
  if (paid.now === 'LOCKED') return current === 'LOCKED' ? [] : ['LOCKED']
  return rankOf(current) > rankOf(paid.now) ? ['LOCKED', ...climb('LOCKED', paid.now)] : []
}

export function rankOf(entitlement: Entitlement): number {
  return entitlements.indexOf(entitlement)
}

function climb(from: Entitlement, to: Entitlement): Entitlement[] {
  return entitlements.slice(rankOf(from) + 1, rankOf(to) + 1)
}
