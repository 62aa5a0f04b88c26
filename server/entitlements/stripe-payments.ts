/** Payments by Stripe: subscriptions to one of two prices. The only importer of its SDK. */
import Stripe from 'stripe'
import type { StripeConfig } from '../config.ts'
import { type Entitlement, entitlements } from '../domain/entitlement.ts'
import type { Clock } from '../domain/ids.ts'
import { ForgedEventError, type PaidPlan, type Payments } from './payments.ts'
import { asPaymentFault, isMissing, type PaymentLog } from './stripe-faults.ts'

/** Age at which a signature counts no more. Source: Stripe's own libraries, their default. */
const toleranceSeconds = 300
/** More subscriptions of one customer than anyone has. */
const mostSubscriptions = 100

/** Everything that can change what is paid; after each of them the subscriptions are looked up. */
const paymentTypes = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'invoice.paid',
  'invoice.payment_failed',
])

export interface StripePaymentsOptions extends StripeConfig {
  timeoutMs: number
  clock: Clock
  log: PaymentLog
}

export function createStripePayments(options: StripePaymentsOptions): Payments {
  const { prices, webhookSecret, clock, log } = options
  const stripe = new Stripe(options.secretKey, {
    ...toAddress(options.apiBase),
    timeout: options.timeoutMs,
    maxNetworkRetries: 1,
    telemetry: false,
  })
  return {
    createCustomer: ({ userId, email, key }) =>
      asPaymentFault(log, async () => {
        const customer = await stripe.customers.create(
          { email, metadata: { parley_user_id: userId } },
          { idempotencyKey: key },
        )
        return customer.id
      }),
    openCheckout: ({ userId, customerId, entitlement, doneUrl, backUrl }) =>
      asPaymentFault(log, async () => {
        await closeOpenCheckouts(stripe, customerId)
        const checkout = await stripe.checkout.sessions.create({
          mode: 'subscription',
          customer: customerId,
          client_reference_id: userId,
          line_items: [{ price: prices[entitlement], quantity: 1 }],
          success_url: doneUrl,
          cancel_url: backUrl,
        })
        return toPage(checkout.url)
      }),
    openUpgrade: ({ customerId, subscriptionId, entitlement, doneUrl, backUrl }) =>
      asPaymentFault(log, async () => {
        const { items } = await stripe.subscriptions.retrieve(subscriptionId)
        const ours = items.data.filter(({ price }) => entitlementOf(prices, price.id) !== 'LOCKED')
        const portal = await stripe.billingPortal.sessions.create({
          customer: customerId,
          return_url: backUrl,
          flow_data: {
            type: 'subscription_update_confirm',
            subscription_update_confirm: {
              subscription: subscriptionId,
              items: ours.map(({ id }) => ({ id, price: prices[entitlement], quantity: 1 })),
            },
            after_completion: { type: 'redirect', redirect: { return_url: doneUrl } },
          },
        })
        return portal.url
      }),
    openPortal: (customerId, backUrl) =>
      asPaymentFault(log, async () => {
        const portal = await stripe.billingPortal.sessions.create({ customer: customerId, return_url: backUrl })
        return portal.url
      }),
    findPaidPlan: (customerId) => asPaymentFault(log, () => findPaidPlan(stripe, prices, customerId)),
    readEvent(body, signature) {
      const now = clock().getTime()
      try {
        const event = stripe.webhooks.constructEvent(body, signature, webhookSecret, toleranceSeconds, undefined, now)
        const isCustomerGone = event.type === 'customer.deleted'
        return { id: event.id, type: event.type, customerId: customerOf(event), isCustomerGone }
      } catch (error) {
        throw new ForgedEventError('this delivery is not signed as it should be', { cause: error })
      }
    },
  }
}

function toAddress(apiBase: string | null): Stripe.StripeConfig {
  if (apiBase === null) return {}
  const { protocol, hostname, port } = new URL(apiBase)
  const isPlain = protocol === 'http:'
  return { host: hostname, port: port || (isPlain ? 80 : 443), protocol: isPlain ? 'http' : 'https' }
}

/** Two pages open at once would be two subscriptions paid at once. */
async function closeOpenCheckouts(stripe: Stripe, customer: string): Promise<void> {
  const open = await stripe.checkout.sessions.list({ customer, status: 'open' })
  for (const { id } of open.data) await stripe.checkout.sessions.expire(id)
}

/** The best of the subscriptions that are paid. Stripe lists those that were canceled only where asked to. */
async function findPaidPlan(stripe: Stripe, prices: StripeConfig['prices'], customer: string): Promise<PaidPlan> {
  try {
    const { data } = await stripe.subscriptions.list({ customer, limit: mostSubscriptions })
    const ours = data.map(({ id, status, items }) => ({
      subscriptionId: id,
      status,
      entitlement: bestOf(items.data.map(({ price }) => entitlementOf(prices, price.id))),
    }))
    const isPaid = (status: string): boolean => status === 'active' || status === 'trialing'
    const entitlement = bestOf(ours.filter(({ status }) => isPaid(status)).map((one) => one.entitlement))
    const paid = ours.find((one) => isPaid(one.status) && one.entitlement === entitlement && entitlement !== 'LOCKED')
    const isDue = ours.some((one) => one.status === 'past_due' && one.entitlement !== 'LOCKED')
    return {
      entitlement,
      subscriptionId: paid?.subscriptionId ?? null,
      isSettled: paid !== undefined || !isDue,
      isCustomerGone: false,
    }
  } catch (error) {
    if (!isMissing(error)) throw error
    return { entitlement: 'LOCKED', subscriptionId: null, isSettled: true, isCustomerGone: true }
  }
}

/** LOCKED for a price of something else that is sold under the same key. */
function entitlementOf(prices: StripeConfig['prices'], price: string): Entitlement {
  if (price === prices.PRO) return 'PRO'
  return price === prices.BASIC ? 'BASIC' : 'LOCKED'
}

function bestOf(granted: readonly Entitlement[]): Entitlement {
  return entitlements.findLast((entitlement) => granted.includes(entitlement)) ?? 'LOCKED'
}

/** Null for an event that changes no payment. */
function customerOf(event: Stripe.Event): string | null {
  if (!paymentTypes.has(event.type)) return null
  const thing = event.data.object as { id?: string; object?: string; customer?: string | { id: string } | null }
  if (thing.object === 'customer') return thing.id ?? null
  return typeof thing.customer === 'object' ? (thing.customer?.id ?? null) : (thing.customer ?? null)
}

function toPage(url: string | null): string {
  if (url === null) throw new Error('Stripe opened a checkout without a page')
  return url
}
