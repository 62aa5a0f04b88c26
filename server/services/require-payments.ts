import { ConflictError } from '../domain/errors.ts'
import type { Payments } from '../entitlements/payments.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Throws ConflictError where nobody can pay. */
export function requirePayments({ payments }: Pick<ServiceDeps, 'payments'>): Payments {
  if (payments) return payments
  throw new ConflictError('Payments are not set up here. Ask an administrator: he sets plans.')
}

/** The page to which the payment service sends people back; `paid`: with thanks. */
export function toPlanPage({ publicUrl }: Pick<ServiceDeps, 'publicUrl'>, outcome?: 'paid'): string {
  return `${publicUrl()}/plan${outcome === undefined ? '' : `?${outcome}`}`
}
