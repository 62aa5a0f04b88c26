import { useState } from 'preact/hooks'
import type { FaultPartsFragment } from '../gql/documents.ts'
import { describeError, describeFault, isFault } from '../graphql/faults.ts'
import { useServices } from './use-services.ts'

type Answer = { __typename: string } | FaultPartsFragment | undefined

/**
 * A form that changes who is signed in. `send` gives the mutation's result; after a success the page starts anew in
 * the new name. `message` is what stands in the way, `fields` the same per field.
 */
export function useAccountForm(send: () => Promise<Answer>) {
  const { connection } = useServices()
  const [state, setState] = useState<{ isBusy: boolean; message: string | null; fields: Record<string, string> }>({ isBusy: false, message: null, fields: {} })
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    setState({ isBusy: true, message: null, fields: {} })
    try {
      const answer = await send()
      if (!answer) throw new Error('The answer was empty')
      if (isFault(answer)) {
        const { message, fields } = describeFault(answer)
        setState({ isBusy: false, message, fields })
      } else {
        await connection.changeIdentity()
        setState((now) => ({ ...now, isBusy: false }))
      }
    } catch (error) {
      setState({ isBusy: false, message: describeError(error), fields: {} })
    }
  }
  return { ...state, submit: (event: Event) => void submit(event) }
}
