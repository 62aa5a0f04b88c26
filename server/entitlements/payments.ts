import type { Entitlement } from '../domain/entitlement.ts'
import type { UserId } from '../domain/ids.ts'

/** What a customer's subscriptions grant together. */
export interface PaidPlan {
  /** LOCKED where nothing is paid. */
  entitlement: Entitlement
  /** The one that grants it. */
  subscriptionId: string | null
  /** False while a renewal is being collected: what was paid before holds until that is decided. */
  isSettled: boolean
  /** The payment service knows this customer no more. */
  isCustomerGone: boolean
}

/** Something that happened at the payment service, as far as its word goes: what is paid now is to be asked for. */
export interface PaymentEvent {
  id: string
  type: string
  /** Whose payments it is about; null where it is about nothing of ours. */
  customerId: string | null
  /** That customer was deleted there. */
  isCustomerGone: boolean
}

/** A delivery that the payment service did not sign, or so long ago that it may be a copy. */
export class ForgedEventError extends Error {
  override name = 'ForgedEventError'
}

/**
 * Who takes the money: amounts, cards and invoices never come here. Pages of its own collect and change payments. All but
 * `readEvent` throw ProviderError.
 */
export interface Payments {
  /** Gives the customer's id; asked again with the same key, it gives the same one. */
  createCustomer(account: { userId: UserId; email: string; key: string }): Promise<string>
  /** The page on which a subscription begins; another one that is still open for this customer closes. */
  openCheckout(order: {
    userId: UserId
    customerId: string
    entitlement: Exclude<Entitlement, 'LOCKED'>
    doneUrl: string
    backUrl: string
  }): Promise<string>
  /** The page on which a running subscription moves up. */
  openUpgrade(order: {
    customerId: string
    subscriptionId: string
    entitlement: Exclude<Entitlement, 'LOCKED'>
    doneUrl: string
    backUrl: string
  }): Promise<string>
  /** The page on which a customer sees his invoices, changes his card and cancels. */
  openPortal(customerId: string, backUrl: string): Promise<string>
  findPaidPlan(customerId: string): Promise<PaidPlan>
  /** Ends what the customer pays for and forgets him. One that is gone already is no error. */
  deleteCustomer(customerId: string): Promise<void>
  /** Throws ForgedEventError. */
  readEvent(body: Buffer, signature: string): PaymentEvent
}
