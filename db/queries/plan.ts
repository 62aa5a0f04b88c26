/** What an account may use, and what it pays for. */
import type { Entitlement } from '../../server/domain/entitlement.ts'
import type { UserId } from '../../server/domain/ids.ts'
import type { NamedStatement, Tx } from '../client.ts'
import { notBeforeCreation } from './user.ts'

export interface PlanRecord {
  userId: UserId
  email: string
  entitlement: Entitlement
  /** What payments grant; LOCKED where nothing is paid. */
  paidEntitlement: Entitlement
  stripeCustomerId: string | null
  stripeSubscriptionId: string | null
  /** Another number means: somebody has noted since what is paid. */
  paymentRevision: number
}

const columns = [
  'id as userId',
  'email',
  'entitlement',
  'paid_entitlement as paidEntitlement',
  'stripe_customer_id as stripeCustomerId',
  'stripe_subscription_id as stripeSubscriptionId',
  'payment_revision as paymentRevision',
] as const

/** One row: `entitlement`; none where the account is gone. */
export function findEntitlement(userId: UserId): NamedStatement {
  return { name: 'find-entitlement', text: 'select entitlement from users where id = $1', values: [userId] }
}

/** System only. */
export async function findPlan(tx: Tx, userId: UserId): Promise<PlanRecord | null> {
  return (await tx.selectFrom('users').select(columns).where('id', '=', userId).executeTakeFirst()) ?? null
}

/** System only. */
export async function findPlanOfCustomer(tx: Tx, customerId: string): Promise<PlanRecord | null> {
  const plans = tx.selectFrom('users').select(columns).where('stripe_customer_id', '=', customerId)
  return (await plans.executeTakeFirst()) ?? null
}

/** Holds the account's row until the transaction ends. System only. */
export async function lockPlan(tx: Tx, userId: UserId): Promise<PlanRecord | null> {
  const plans = tx.selectFrom('users').select(columns).where('id', '=', userId)
  return (await plans.forNoKeyUpdate().executeTakeFirst()) ?? null
}

/** Every server node hears of it when the transaction commits. System only. */
export async function updateEntitlement(tx: Tx, userId: UserId, entitlement: Entitlement, now: Date): Promise<void> {
  await tx
    .updateTable('users')
    .set({ entitlement, updated_at: notBeforeCreation(now) })
    .where('id', '=', userId)
    .execute()
}

/** Notes what is paid now. System only. */
export async function updatePaid(
  tx: Tx,
  userId: UserId,
  paid: { entitlement: Entitlement; subscriptionId: string | null },
): Promise<void> {
  await tx
    .updateTable('users')
    .set((update) => ({
      paid_entitlement: paid.entitlement,
      stripe_subscription_id: paid.subscriptionId,
      payment_revision: update('payment_revision', '+', 1),
    }))
    .where('id', '=', userId)
    .execute()
}

/** Null for a customer who is gone. False where the user is gone. System only. */
export async function updateStripeCustomer(tx: Tx, userId: UserId, customerId: string | null): Promise<boolean> {
  const update = tx.updateTable('users').set({ stripe_customer_id: customerId }).where('id', '=', userId)
  return (await update.executeTakeFirst()).numUpdatedRows > 0n
}
