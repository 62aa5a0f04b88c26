import { findPlan, type PlanRecord, updateStripeCustomer } from '../../db/queries/plan.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Entitlement } from '../domain/entitlement.ts'
import { ConflictError, UnauthenticatedError } from '../domain/errors.ts'
import { rankOf } from '../domain/payment-steps.ts'
import type { Payments } from '../entitlements/payments.ts'
import { requirePayments, toPlanPage } from './require-payments.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'payments' | 'publicUrl'>

/**
 * Gives the payment service's page on which the viewer pays for this plan: a new subscription, or a running one moved up. The plan
 * changes when the payment service says that it was paid. Throws ConflictError, ProviderError.
 */
export async function createCheckout(deps: Deps, viewer: Viewer, wanted: Entitlement): Promise<string> {
  const payments = requirePayments(deps)
  const plan = await deps.db.withSystem('open payment page', (tx) => findPlan(tx, viewer.id))
  if (!plan) throw new UnauthenticatedError()
  const entitlement = toBuyable(plan, wanted)
  const customerId = plan.stripeCustomerId ?? (await addCustomer(deps, payments, plan))
  const pages = { doneUrl: toPlanPage(deps, 'paid'), backUrl: toPlanPage(deps) }
  const { stripeSubscriptionId: subscriptionId } = plan
  return subscriptionId === null
    ? payments.openCheckout({ userId: viewer.id, customerId, entitlement, ...pages })
    : payments.openUpgrade({ customerId, subscriptionId, entitlement, ...pages })
}

function toBuyable(plan: PlanRecord, wanted: Entitlement): 'BASIC' | 'PRO' {
  if (wanted === 'LOCKED')
    throw new ConflictError('This plan costs nothing. To go back to it, cancel your subscription under its settings.')
  if (rankOf(wanted) <= rankOf(plan.paidEntitlement))
    throw new ConflictError('You pay for this plan already. Change or cancel it in the settings of your subscription.')
  if (rankOf(wanted) <= rankOf(plan.entitlement))
    throw new ConflictError('You have all of this plan already, without paying.')
  return wanted
}

/** The key is the same until payments changed, so that two requests at once make one customer. */
async function addCustomer(deps: Deps, payments: Payments, plan: PlanRecord): Promise<string> {
  const { userId, email, paymentRevision } = plan
  const customerId = await payments.createCustomer({
    userId,
    email,
    key: `parley-customer-${userId}-${paymentRevision}`,
  })
  const isKept = await deps.db.withSystem('open payment page', (tx) => updateStripeCustomer(tx, userId, customerId))
  if (isKept) return customerId
  // The account was deleted meanwhile, and nothing names this customer.
  await payments.deleteCustomer(customerId)
  throw new UnauthenticatedError()
}
