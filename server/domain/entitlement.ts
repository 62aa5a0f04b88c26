/** What an account may use, least first. Document 004. */
export const entitlements = ['LOCKED', 'BASIC', 'PRO'] as const
export type Entitlement = (typeof entitlements)[number]

/** The least entitlement above `current` with any practice time a day; null where none has. Null minutes mean no limit. */
export function leastWithPractice(
  dailyMinutes: Readonly<Record<Entitlement, number | null>>,
  current: Entitlement,
): Entitlement | null {
  const above = entitlements.slice(entitlements.indexOf(current) + 1)
  return above.find((entitlement) => dailyMinutes[entitlement] !== 0) ?? null
}
