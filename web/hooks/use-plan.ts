import { useEffect } from 'preact/hooks'
import type { PlanQuery } from '../gql/documents.ts'
import { usePlanQuery } from '../gql/hooks.ts'

export type PlanViewer = NonNullable<PlanQuery['viewer']>
export type PlanInstallation = PlanQuery['installation']

/** How often a payment is looked for that is under way, in ms. */
const lookEveryMs = 3_000

/** The viewer's plan and what else there is. `isPaid`: a payment is in force; until then it is asked for again and again after paying. */
export function usePlan(hasPaid: boolean) {
  const { data, error, refetch, startPolling, stopPolling } = usePlanQuery({ fetchPolicy: 'cache-and-network' })
  const isPaid = (data?.viewer?.paidEntitlement ?? 'LOCKED') !== 'LOCKED'
  const isWaiting = hasPaid && !isPaid
  useEffect(() => {
    if (!isWaiting) return
    startPolling(lookEveryMs)
    return stopPolling
  }, [isWaiting, startPolling, stopPolling])
  return {
    viewer: data?.viewer ?? null,
    installation: data?.installation ?? null,
    isPaid,
    error: data ? undefined : error,
    refetch,
  }
}
