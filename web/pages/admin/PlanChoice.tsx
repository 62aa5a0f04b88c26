import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { SelectField } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { planNames, plans } from '../../components/plan-words.ts'
import type { UserPartsFragment } from '../../gql/documents.ts'
import { useSetEntitlementMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'

const options = plans.map((plan) => ({ value: plan, label: planNames[plan] }))

/** Chosen first, then set: it holds at once, and ends what the account may no longer use. */
export function PlanChoice({ user }: { user: UserPartsFragment }) {
  const [chosen, setChosen] = useState(user.entitlement)
  const [setEntitlement] = useSetEntitlementMutation()
  const form = useFaultForm(
    async () => (await setEntitlement({ variables: { userId: user.id, entitlement: chosen } })).data?.setEntitlement,
  )
  const choose = (value: string): void => {
    form.reset()
    setChosen(plans.find((plan) => plan === value) ?? user.entitlement)
  }
  return (
    <form class="plan-choice" onSubmit={form.submit}>
      <SelectField
        label={
          <>
            Plan<span class="hidden-visually"> of {user.email}</span>
          </>
        }
        value={chosen}
        onValue={choose}
        options={options}
      />
      {chosen !== user.entitlement && (
        <Button type="submit" look="primary" busy={form.isBusy}>
          Set plan
        </Button>
      )}
      {form.isDone && <Notice tone="good">{planNames[user.entitlement]} is set.</Notice>}
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </form>
  )
}
