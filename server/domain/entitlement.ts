/** What an account may use, least first. Document 004. */
export const entitlements = ['LOCKED', 'BASIC', 'PRO'] as const
export type Entitlement = (typeof entitlements)[number]

/** The least entitlement with any practice time a day; null where none has. Null minutes mean no limit. */
export function leastWithPractice(dailyMinutes: Readonly<Record<Entitlement, number | null>>): Entitlement | null {
  return entitlements.find((entitlement) => dailyMinutes[entitlement] !== 0) ?? null
}
