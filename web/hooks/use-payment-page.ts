import { useRef } from 'preact/hooks'
import type { FaultPartsFragment } from '../gql/documents.ts'
import { useFaultForm } from './use-fault-form.ts'

type Answer = { __typename: string; url: string } | FaultPartsFragment | undefined

/** A form that opens a page of the payment service's in place of this one. */
export function usePaymentPage(send: () => Promise<Answer>) {
  const url = useRef<string | null>(null)
  return useFaultForm(
    async () => {
      const answer = await send()
      if (answer && 'url' in answer) url.current = answer.url
      return answer
    },
    () => {
      if (url.current !== null) location.assign(url.current)
    },
    (fault) =>
      fault.__typename === 'ProviderFault' ? 'The payment service does not answer right now. Try again.' : undefined,
  )
}
