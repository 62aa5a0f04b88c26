import { toDuration, toTime } from '../../components/format.ts'
import { useViewer } from '../../hooks/use-account.ts'
import type { PlanViewer } from '../../hooks/use-plan.ts'

/** How much of today's practice is used up. */
export function UsageToday({ usage }: { usage: PlanViewer['usage'] }) {
  const { timeZone } = useViewer().preferences
  const { secondsUsed, secondsLimit, periodEnd } = usage
  const used = toDuration(secondsUsed)
  return (
    <section class="card plan-usage" aria-labelledby="usage-title">
      <h2 id="usage-title">Today</h2>
      {secondsLimit === null ? (
        <p>{secondsUsed === 0 ? 'You have not practised yet' : `You have practised ${used}`}. There is no limit.</p>
      ) : (
        <>
          <p>
            You have used {used} of {toDuration(secondsLimit)}. The count starts anew at {toTime(periodEnd, timeZone)}.
          </p>
          <meter min={0} max={Math.max(1, secondsLimit)} value={secondsUsed} aria-label="Practice time used today">
            {used}
          </meter>
        </>
      )}
    </section>
  )
}
