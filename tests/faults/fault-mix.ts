/**
 * What goes wrong in a random run, and how often relative to the rest. Fixed: the share of runs that recover is only worth
 * something against a mix that stays the same.
 */
import type { Random } from './random.ts'

export type ServiceFault =
  /** No request gets through for this long; the learner's clock goes on. */
  | { kind: 'drop'; seconds: number }
  /** The server does what it is asked, and its answer is lost. */
  | { kind: 'lost-answer' }
  /** The same request arrives twice at once. */
  | { kind: 'doubled' }
  /** The node dies in the middle of the request, its transactions with it, and another takes over. */
  | { kind: 'node-killed' }
  /** Every connection to the database breaks in the middle of the request. */
  | { kind: 'database-restarted' }
  /** The store of recordings cannot be reached for the next few requests. */
  | { kind: 'store-away'; requests: number }
  /** The voice service answers nothing but errors for the next few requests. */
  | { kind: 'provider-down'; requests: number }

interface Share {
  fault: ServiceFault
  weight: number
}

export const serviceFaultMix: readonly Share[] = [
  { fault: { kind: 'drop', seconds: 1 }, weight: 20 },
  { fault: { kind: 'drop', seconds: 5 }, weight: 12 },
  { fault: { kind: 'drop', seconds: 30 }, weight: 6 },
  { fault: { kind: 'drop', seconds: 120 }, weight: 2 },
  { fault: { kind: 'lost-answer' }, weight: 20 },
  { fault: { kind: 'doubled' }, weight: 14 },
  { fault: { kind: 'node-killed' }, weight: 8 },
  { fault: { kind: 'database-restarted' }, weight: 8 },
  { fault: { kind: 'store-away', requests: 4 }, weight: 6 },
  { fault: { kind: 'provider-down', requests: 2 }, weight: 4 },
]

/** How likely a request meets a fault. */
export const faultsPerRequest = 0.25

/** The fault that the next request meets; null: none. */
export function nextServiceFault(random: Random): ServiceFault | null {
  if (random.next() >= faultsPerRequest) return null
  const total = serviceFaultMix.reduce((sum, { weight }) => sum + weight, 0)
  let left = random.next() * total
  for (const { fault, weight } of serviceFaultMix) {
    left -= weight
    if (left < 0) return fault
  }
  return null
}
