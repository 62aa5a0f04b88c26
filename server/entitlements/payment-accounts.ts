/** What the payment service keeps of a customer, as far as Parley has a hand in it. */
export interface PaymentAccounts {
  /** Ends what the customer pays for and forgets them. One that is gone already is no error. Rejects while the service is away. */
  delete(customerId: string): Promise<void>
}

/** Where no payment service is configured: whoever was a customer there has to be removed by hand, and the log says so. */
export function createNoPaymentAccounts(log: { warn(detail: object, message: string): void }): PaymentAccounts {
  return {
    async delete() {
      log.warn({}, 'an account was deleted that a payment service knows, but none is configured here: delete it there')
    },
  }
}
