import type { Viewer } from '../auth/viewer.ts'
import type { Entitlement } from '../domain/entitlement.ts'
import { EntitlementError } from '../domain/errors.ts'
import type { ServiceDeps } from './service-deps.ts'

/**
 * LOCKED accounts start no drill. To be called before a transaction is opened: it may need a connection of its own. Throws
 * EntitlementError. Source: document 004, "Entitlement Access".
 */
export async function assertMayDrill(deps: Pick<ServiceDeps, 'entitlements'>, viewer: Viewer): Promise<void> {
  assertHoldsDrills(await deps.entitlements.find(viewer.id))
}

/** Throws EntitlementError where the plan has no drills. */
export function assertHoldsDrills(entitlement: Entitlement): void {
  if (entitlement === 'LOCKED')
    throw new EntitlementError('Your plan has no interview drills. Upgrade to go on.', 'BASIC')
}
