import { useCallback, useState } from 'preact/hooks'
import type { FaultPartsFragment } from '../gql/documents.ts'
import { describeError, describeFault, isFault } from '../graphql/faults.ts'

/** What a mutation gave; undefined where the answer was empty. */
export type MutationAnswer = { __typename: string } | FaultPartsFragment | undefined

/** Where a form stands: `message` is what stands in the way, `fields` the same per field. */
export interface FaultFormState {
  isBusy: boolean
  isDone: boolean
  message: string | null
  fields: Record<string, string>
}

const untouched: FaultFormState = { isBusy: false, isDone: false, message: null, fields: {} }

/**
 * A form around one mutation. `send` gives the mutation's result; `onDone` follows a success and belongs to the
 * waiting; `say` may have better words for a fault than the usual ones. `submit` is for the form's event, or for what is
 * sent without one; `reset` for when the learner goes on writing.
 */
export function useFaultForm(
  send: () => Promise<MutationAnswer>,
  onDone?: () => Promise<void> | void,
  say?: (fault: FaultPartsFragment) => string | undefined,
) {
  const [state, setState] = useState(untouched)
  const run = async (): Promise<void> => {
    setState({ ...untouched, isBusy: true })
    try {
      const answer = await send()
      if (!answer) throw new Error('The answer was empty')
      if (isFault(answer)) {
        const text = describeFault(answer)
        return setState({ ...untouched, ...text, message: say?.(answer) ?? text.message })
      }
      await onDone?.()
      setState({ ...untouched, isDone: true })
    } catch (error) {
      setState({ ...untouched, message: describeError(error) })
    }
  }
  const submit = (event?: Event): void => {
    event?.preventDefault()
    if (!state.isBusy) void run()
  }
  return { ...state, submit, reset: useCallback(() => setState(untouched), []) }
}
