import { useLocation } from 'preact-iso'
import { Button } from '../../components/Button.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { planNames } from '../../components/plan-words.ts'
import { describeError } from '../../graphql/faults.ts'
import { usePlan } from '../../hooks/use-plan.ts'
import { PlanChoices } from './PlanChoices.tsx'
import { UsageToday } from './UsageToday.tsx'
import { WhoSetsPlans } from './WhoSetsPlans.tsx'

/** What the viewer may use, what there is beside it, and how to change it. */
export function PlanPage() {
  const { query } = useLocation()
  const hasPaid = 'paid' in query
  const { viewer, installation, isPaid, error, refetch } = usePlan(hasPaid)
  return (
    <Page title="Your plan" lead={viewer ? `You have ${planNames[viewer.entitlement]}.` : undefined}>
      {error && (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      )}
      {hasPaid && <Thanks isPaid={isPaid} />}
      {!error && !viewer && <Loading label="Loading your plan" />}
      {viewer && installation && (
        <div class="plan">
          <UsageToday usage={viewer.usage} />
          <PlanChoices viewer={viewer} installation={installation} />
          {!installation.hasPayments && <WhoSetsPlans />}
        </div>
      )}
    </Page>
  )
}

function Thanks({ isPaid }: { isPaid: boolean }) {
  return isPaid ? (
    <Notice tone="good">Thank you: your subscription is in force.</Notice>
  ) : (
    <Notice>
      Thank you. Your plan changes as soon as the payment is confirmed, mostly within a minute: this page tells you.
    </Notice>
  )
}
