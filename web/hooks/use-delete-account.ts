import { useDeleteAccountMutation } from '../gql/hooks.ts'
import { useViewer } from './use-account.ts'
import { useAccountForm } from './use-account-form.ts'
import { useForgetSession } from './use-forget-session.ts'
import { useServices } from './use-services.ts'

/** A form that deletes the viewer's account, and what this browser still keeps for it. Afterwards nobody is signed in. */
export function useDeleteAccount(password: string) {
  const { outbox } = useServices()
  const forgetSession = useForgetSession()
  const viewer = useViewer()
  const [deleteAccount] = useDeleteAccountMutation()
  return useAccountForm(async () => {
    const answer = (await deleteAccount({ variables: { input: { password } } })).data?.deleteAccount
    if (answer?.__typename === 'DeleteAccountPayload')
      for (const { sessionId } of await outbox.listSessions(viewer.id)) await forgetSession(sessionId)
    return answer
  })
}
