import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useCreatePortalMutation } from '../../gql/hooks.ts'
import { usePaymentPage } from '../../hooks/use-payment-page.ts'

/** Leads to the payment service's page on which a subscription is looked after, or a former one's invoices are. */
export function PortalButton({ hasSubscription }: { hasSubscription: boolean }) {
  const [createPortal] = useCreatePortalMutation()
  const form = usePaymentPage(async () => (await createPortal()).data?.createPortal)
  return (
    <>
      <div>
        <Button look={hasSubscription ? 'plain' : 'quiet'} busy={form.isBusy} onClick={form.submit}>
          {hasSubscription ? 'Invoices, card and cancellation' : 'Earlier invoices'}
        </Button>
      </div>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </>
  )
}
