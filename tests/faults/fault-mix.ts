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
  return pickByWeight(serviceFaultMix, random)
}

export type BrowserFault =
  /** Neither requests nor sound get through. */
  | { kind: 'drop'; seconds: number }
  /** SIGKILL; what watches over it starts it again, the server after some seconds. */
  | { kind: 'killed'; process: 'server' | 'partner' | 'media' | 'database' }
  /** Recordings can be neither put nor found. */
  | { kind: 'store-away'; seconds: number }
  /** Its connections are cut, and nobody answers new ones. */
  | { kind: 'database-away'; seconds: number }

export const browserFaultMix: readonly { fault: BrowserFault; weight: number }[] = [
  { fault: { kind: 'drop', seconds: 1 }, weight: 20 },
  { fault: { kind: 'drop', seconds: 5 }, weight: 16 },
  { fault: { kind: 'drop', seconds: 30 }, weight: 12 },
  { fault: { kind: 'drop', seconds: 120 }, weight: 4 },
  { fault: { kind: 'killed', process: 'server' }, weight: 12 },
  { fault: { kind: 'killed', process: 'partner' }, weight: 9 },
  { fault: { kind: 'killed', process: 'media' }, weight: 9 },
  { fault: { kind: 'killed', process: 'database' }, weight: 9 },
  { fault: { kind: 'store-away', seconds: 20 }, weight: 5 },
  { fault: { kind: 'database-away', seconds: 10 }, weight: 4 },
]

/** One of the mix, by weight. */
export function nextBrowserFault(random: Random): BrowserFault {
  return pickByWeight(browserFaultMix, random)
}

function pickByWeight<Fault>(mix: readonly { fault: Fault; weight: number }[], random: Random): Fault {
  let left = random.next() * mix.reduce((sum, { weight }) => sum + weight, 0)
  const found = mix.find(({ weight }) => (left -= weight) < 0) ?? mix[0]
  if (!found) throw new Error('There is nothing in the mix')
  return found.fault
}
