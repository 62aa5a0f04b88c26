/** Payments by Stripe: subscriptions to one of two prices. */
import Stripe from 'stripe'
import type { StripeConfig } from '../config.ts'
import type { Clock } from '../domain/ids.ts'
import { ForgedEventError, type Payments } from './payments.ts'
import { asPaymentFault, isMissing, type PaymentLog } from './stripe-faults.ts'
import { openCheckout, openPortal, openUpgrade } from './stripe-pages.ts'
import { findPaidPlan } from './stripe-plan.ts'

/** Age at which a signature counts no more. Source: Stripe's own libraries, their default. */
const toleranceSeconds = 300

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
        const account = { email, metadata: { parley_user_id: userId } }
        return (await stripe.customers.create(account, { idempotencyKey: key })).id
      }),
    openCheckout: (order) => asPaymentFault(log, () => openCheckout(stripe, prices, order)),
    openUpgrade: (order) => asPaymentFault(log, () => openUpgrade(stripe, prices, order)),
    openPortal: (customerId, backUrl) => asPaymentFault(log, () => openPortal(stripe, customerId, backUrl)),
    findPaidPlan: (customerId) => asPaymentFault(log, () => findPaidPlan(stripe, prices, customerId)),
    deleteCustomer: (customerId) =>
      asPaymentFault(log, async () => {
        await stripe.customers.del(customerId).catch((error: unknown) => {
          if (!isMissing(error)) throw error
        })
      }),
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

/** Null for an event that changes no payment. */
function customerOf(event: Stripe.Event): string | null {
  if (!paymentTypes.has(event.type)) return null
  const thing = event.data.object as { id?: string; object?: string; customer?: string | { id: string } | null }
  if (thing.object === 'customer') return thing.id ?? null
  return typeof thing.customer === 'object' ? (thing.customer?.id ?? null) : (thing.customer ?? null)
}
