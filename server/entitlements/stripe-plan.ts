/** What a customer of Stripe's pays for, in our words. */
import type Stripe from 'stripe'
import type { StripeConfig } from '../config.ts'
import { type Entitlement, entitlements } from '../domain/entitlement.ts'
import type { PaidPlan } from './payments.ts'
import { isMissing } from './stripe-faults.ts'

type Prices = StripeConfig['prices']

/** More subscriptions of one customer than anyone has. */
const mostSubscriptions = 100

/** The best of the subscriptions that are paid. Stripe lists those that were canceled only where asked to. */
export async function findPaidPlan(stripe: Stripe, prices: Prices, customer: string): Promise<PaidPlan> {
  try {
    const { data } = await stripe.subscriptions.list({ customer, limit: mostSubscriptions })
    return toPaidPlan(prices, data)
  } catch (error) {
    if (!isMissing(error)) throw error
    return { entitlement: 'LOCKED', subscriptionId: null, isSettled: true, isCustomerGone: true }
  }
}

/** LOCKED for a price of something else that is sold under the same key. */
export function toEntitlement(prices: Prices, price: string): Entitlement {
  if (price === prices.PRO) return 'PRO'
  return price === prices.BASIC ? 'BASIC' : 'LOCKED'
}

function toPaidPlan(prices: Prices, subscriptions: readonly Stripe.Subscription[]): PaidPlan {
  const ours = subscriptions.map(({ id, status, items }) => ({
    id,
    status,
    entitlement: bestOf(items.data.map(({ price }) => toEntitlement(prices, price.id))),
  }))
  const paid = ours.filter(({ status }) => status === 'active' || status === 'trialing')
  const entitlement = bestOf(paid.map((one) => one.entitlement))
  const best = entitlement === 'LOCKED' ? undefined : paid.find((one) => one.entitlement === entitlement)
  const isDue = ours.some((one) => one.status === 'past_due' && one.entitlement !== 'LOCKED')
  return {
    entitlement,
    subscriptionId: best?.id ?? null,
    isSettled: best !== undefined || !isDue,
    isCustomerGone: false,
  }
}

function bestOf(granted: readonly Entitlement[]): Entitlement {
  return entitlements.findLast((entitlement) => granted.includes(entitlement)) ?? 'LOCKED'
}
