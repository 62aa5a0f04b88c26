/** Stripe's own pages, on which people pay and look after what they pay for. */
import type Stripe from 'stripe'
import type { StripeConfig } from '../config.ts'
import type { Payments } from './payments.ts'
import { toEntitlement } from './stripe-plan.ts'

type Prices = StripeConfig['prices']

/** Gives the page's address. Another one of this customer that is still open closes: two would be two subscriptions paid at once. */
export async function openCheckout(
  stripe: Stripe,
  prices: Prices,
  order: Parameters<Payments['openCheckout']>[0],
): Promise<string> {
  const { customerId: customer, entitlement } = order
  const open = await stripe.checkout.sessions.list({ customer, status: 'open' })
  for (const { id } of open.data) await stripe.checkout.sessions.expire(id)
  const checkout = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    client_reference_id: order.userId,
    line_items: [{ price: prices[entitlement], quantity: 1 }],
    success_url: order.doneUrl,
    cancel_url: order.backUrl,
  })
  if (checkout.url === null) throw new Error('Stripe opened a checkout without a page')
  return checkout.url
}

/** Gives the address of the portal's page that confirms another price for what is ours of this subscription. */
export async function openUpgrade(
  stripe: Stripe,
  prices: Prices,
  order: Parameters<Payments['openUpgrade']>[0],
): Promise<string> {
  const { items } = await stripe.subscriptions.retrieve(order.subscriptionId)
  const ours = items.data.filter(({ price }) => toEntitlement(prices, price.id) !== 'LOCKED')
  const portal = await stripe.billingPortal.sessions.create({
    customer: order.customerId,
    return_url: order.backUrl,
    flow_data: {
      type: 'subscription_update_confirm',
      subscription_update_confirm: {
        subscription: order.subscriptionId,
        items: ours.map(({ id }) => ({ id, price: prices[order.entitlement], quantity: 1 })),
      },
      after_completion: { type: 'redirect', redirect: { return_url: order.doneUrl } },
    },
  })
  return portal.url
}

/** Gives the address of the portal's first page. */
export async function openPortal(stripe: Stripe, customer: string, backUrl: string): Promise<string> {
  const portal = await stripe.billingPortal.sessions.create({ customer, return_url: backUrl })
  return portal.url
}
