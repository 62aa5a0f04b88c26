import { toDuration } from '../../components/format.ts'
import { Icon } from '../../components/Icon.tsx'
import { isMore, planNames } from '../../components/plan-words.ts'
import type { PlanInstallation, PlanViewer } from '../../hooks/use-plan.ts'
import { CheckoutButton } from './CheckoutButton.tsx'
import { PortalButton } from './PortalButton.tsx'

export interface PlanChoicesProps {
  viewer: PlanViewer
  installation: PlanInstallation
}

type Plan = PlanInstallation['plans'][number]

/** Every plan with what it allows; one with more than the viewer has can be paid for, where that is set up. */
export function PlanChoices({ viewer, installation }: PlanChoicesProps) {
  const { entitlement, paidEntitlement } = viewer
  return (
    <section class="plan-section" aria-labelledby="plans-title">
      <h2 id="plans-title">What each plan allows</h2>
      <ul class="plan-cards">
        {installation.plans.map((plan) => (
          <li key={plan.entitlement} class="card plan-card" data-current={plan.entitlement === entitlement}>
            <h3>
              {planNames[plan.entitlement]}{' '}
              {plan.entitlement === entitlement && <span class="badge badge--good">Your plan</span>}
            </h3>
            <Allowances plan={plan} />
            {installation.hasPayments && isMore(plan.entitlement, entitlement) && (
              <CheckoutButton entitlement={plan.entitlement} />
            )}
          </li>
        ))}
      </ul>
      {installation.hasPayments && <PortalButton hasSubscription={paidEntitlement !== 'LOCKED'} />}
    </section>
  )
}

function Allowances({ plan }: { plan: Plan }) {
  return (
    <ul class="plan-allowances">
      {toAllowances(plan).map(({ text, isIn }) => (
        <li key={text} class={isIn ? '' : 'faint'}>
          <Icon name={isIn ? 'check' : 'minus'} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}

/** Drills and packs by plan are the server's rule; the minutes are this installation's. */
function toAllowances({ entitlement, secondsPerDay }: Plan): { text: string; isIn: boolean }[] {
  const hasDrills = entitlement !== 'LOCKED'
  const hasPacks = entitlement === 'PRO'
  return [
    { text: toTimeWords(secondsPerDay), isIn: secondsPerDay !== 0 },
    { text: hasDrills ? 'Interview drills' : 'No interview drills', isIn: hasDrills },
    { text: hasPacks ? 'Content packs of your own' : 'No content packs of your own', isIn: hasPacks },
  ]
}

function toTimeWords(secondsPerDay: number | null): string {
  if (secondsPerDay === null) return 'As much practice a day as you like'
  return secondsPerDay === 0 ? 'No practice time' : `${toDuration(secondsPerDay)} of practice a day`
}
