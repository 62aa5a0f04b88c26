import type { Tx } from '../../db/client.ts'
import { insertAccountEvent } from '../../db/queries/account.ts'
import {
  findPlanOfCustomer,
  lockPlan,
  type PlanRecord,
  updateEntitlement,
  updatePaid,
  updateStripeCustomer,
} from '../../db/queries/plan.ts'
import { hasStripeEvent, insertStripeEvent } from '../../db/queries/stripe-event.ts'
import { NotFoundError, ProviderError } from '../domain/errors.ts'
import type { AccountEventId } from '../domain/ids.ts'
import { toPaymentSteps } from '../domain/payment-steps.ts'
import type { PaidPlan, PaymentEvent } from '../entitlements/payments.ts'
import type { ServiceDeps } from './service-deps.ts'

/** APPLIED: what is paid was looked up and noted. KNOWN: that was done for this event before. IGNORED: it is about nothing of ours. */
export type StripeEventOutcome = 'APPLIED' | 'KNOWN' | 'IGNORED'

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'payments' | 'entitlements'>

/** Deliveries for one account that get in each other's way; the payment service delivers again what was not taken. */
const maxTries = 5

/**
 * Takes one delivery of an event. What it says is not believed, only that something changed: what is paid now is asked for, so that
 * the order of deliveries does not matter. Throws ForgedEventError, NotFoundError (nobody can pay here), ProviderError.
 */
export async function applyStripeEvent(
  deps: Deps,
  delivery: { body: Buffer; signature: string },
): Promise<StripeEventOutcome> {
  const { payments } = deps
  if (!payments) throw new NotFoundError('Payments are not set up here.')
  const event = payments.readEvent(delivery.body, delivery.signature)
  const { customerId } = event
  if (customerId === null) return 'IGNORED'
  for (let tries = 0; tries < maxTries; tries += 1) {
    const seen = await deps.db.withSystem('apply payment', async (tx) =>
      (await hasStripeEvent(tx, event.id)) ? 'KNOWN' : ((await findPlanOfCustomer(tx, customerId)) ?? 'IGNORED'),
    )
    if (typeof seen === 'string') return seen
    const paid = await payments.findPaidPlan(customerId)
    const outcome = await deps.db.withSystem('apply payment', (tx) => apply(deps, tx, { event, seen, paid }))
    deps.entitlements.drop(seen.userId)
    if (outcome !== 'OUTRUN') return outcome
  }
  throw new ProviderError('Too many payments of one account at once. Deliver this again later.', true)
}

/** OUTRUN: somebody noted what is paid after `paid` was asked for, which may be older than what he knew. */
async function apply(
  deps: Deps,
  tx: Tx,
  { event, seen, paid }: { event: PaymentEvent; seen: PlanRecord; paid: PaidPlan },
): Promise<StripeEventOutcome | 'OUTRUN'> {
  const plan = await lockPlan(tx, seen.userId)
  if (!plan) return 'IGNORED'
  if (plan.paymentRevision !== seen.paymentRevision) return 'OUTRUN'
  if (!(await insertStripeEvent(tx, { id: event.id, type: event.type, now: deps.clock() }))) return 'KNOWN'
  if (event.isCustomerGone || paid.isCustomerGone) await updateStripeCustomer(tx, plan.userId, null)
  if (!paid.isSettled) return 'APPLIED'
  await updatePaid(tx, plan.userId, paid)
  await move(deps, tx, plan, { event, paid })
  return 'APPLIED'
}

async function move(
  deps: Deps,
  tx: Tx,
  plan: PlanRecord,
  { event, paid }: { event: PaymentEvent; paid: PaidPlan },
): Promise<void> {
  const steps = toPaymentSteps(plan.entitlement, { before: plan.paidEntitlement, now: paid.entitlement })
  const now = deps.clock()
  for (const [index, to] of steps.entries()) {
    await updateEntitlement(tx, plan.userId, to, now)
    await insertAccountEvent(tx, {
      id: deps.makeId<AccountEventId>(),
      userId: plan.userId,
      actorId: null,
      type: 'ENTITLEMENT_PAID',
      detail: { from: steps[index - 1] ?? plan.entitlement, to, stripeEvent: event.id },
      at: now,
    })
  }
}
