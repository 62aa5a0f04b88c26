import Stripe from 'stripe'
import { ProviderError } from '../domain/errors.ts'

/** For whoever runs the installation; never with what a payer typed. */
export interface PaymentLog {
  warn(detail: Record<string, unknown>, message: string): void
}

/** Runs `work`; what Stripe refuses becomes a ProviderError, and what an administrator has to mend is logged. */
export async function asPaymentFault<T>(log: PaymentLog, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const { type, code, statusCode, requestId } = error
    log.warn({ type, code, statusCode, requestId }, 'the payment service refused')
    throw toProviderError(error)
  }
}

/** What was asked for is not there: another key, or it was deleted. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
}

function toProviderError(error: Stripe.errors.StripeError): ProviderError {
  if (error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError)
    return new ProviderError('The payment service cannot be reached. Nothing was paid. Try again in a minute.', true)
  if (error instanceof Stripe.errors.StripeRateLimitError)
    return new ProviderError('The payment service is busy. Nothing was paid. Try again in a minute.', true)
  return new ProviderError(
    'The payment service refused what this installation asked for. Nothing was paid. Tell an administrator.',
    false,
  )
}
