import { useSignUpMutation, useUpdateViewerMutation } from '../gql/hooks.ts'
import type { MutationAnswer } from './use-fault-form.ts'

/** A sign-up form's values before anything is written. */
export const emptySignUp = { name: '', email: '', password: '', setupCode: '' }

/** Makes the account, in the time zone of this browser. Gives the mutation's result. */
export function useSignUp(): (values: typeof emptySignUp) => Promise<MutationAnswer> {
  const [signUp] = useSignUpMutation()
  const [updateViewer] = useUpdateViewerMutation()
  return async ({ email, password, name, setupCode }) => {
    const input = { email, password, name: name.trim() || null, setupCode: setupCode.trim() || null }
    const answer = (await signUp({ variables: { input } })).data?.signUp
    if (answer?.__typename === 'SignUpPayload') {
      // Days and streaks count where the learner lives. Should it fail, the settings still have it.
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      await updateViewer({ variables: { input: { timeZone } } }).catch(() => undefined)
    }
    return answer
  }
}
