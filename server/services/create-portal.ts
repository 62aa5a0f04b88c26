import { findPlan } from '../../db/queries/plan.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError } from '../domain/errors.ts'
import { requirePayments, toPlanPage } from './require-payments.ts'
import type { ServiceDeps } from './service-deps.ts'

/**
 * Gives the payment service's page on which the viewer sees invoices, changes the card and cancels. Throws ConflictError (nothing was
 * ever paid, or nobody can pay here), ProviderError.
 */
export async function createPortal(
  deps: Pick<ServiceDeps, 'db' | 'payments' | 'publicUrl'>,
  viewer: Viewer,
): Promise<string> {
  const payments = requirePayments(deps)
  const plan = await deps.db.withSystem('open payment page', (tx) => findPlan(tx, viewer.id))
  if (!plan?.stripeCustomerId) throw new ConflictError('You have no subscription yet. Choose a plan first.')
  return payments.openPortal(plan.stripeCustomerId, toPlanPage(deps))
}
