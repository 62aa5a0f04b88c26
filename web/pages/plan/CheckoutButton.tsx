import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { planNames } from '../../components/plan-words.ts'
import type { Entitlement } from '../../gql/documents.ts'
import { useCreateCheckoutMutation } from '../../gql/hooks.ts'
import { usePaymentPage } from '../../hooks/use-payment-page.ts'

/** Leads to the payment service's page for this plan. */
export function CheckoutButton({ entitlement }: { entitlement: Entitlement }) {
  const [createCheckout] = useCreateCheckoutMutation()
  const form = usePaymentPage(
    async () => (await createCheckout({ variables: { input: { entitlement } } })).data?.createCheckout,
  )
  return (
    <>
      <Button look="primary" busy={form.isBusy} onClick={form.submit}>
        Choose {planNames[entitlement]}
      </Button>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </>
  )
}
