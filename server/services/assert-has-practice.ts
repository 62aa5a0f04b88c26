import { type Entitlement, leastWithPractice } from '../domain/entitlement.ts'
import { EntitlementError } from '../domain/errors.ts'
import type { SessionLimits } from './service-deps.ts'

/** Throws EntitlementError with this message where the plan holds no practice and a higher one does. */
export function assertHasPractice({ dailyMinutes }: SessionLimits, entitlement: Entitlement, message: string): void {
  const required = leastWithPractice(dailyMinutes, entitlement)
  if (dailyMinutes[entitlement] === 0 && required) throw new EntitlementError(message, required)
}
