import { useFaultForm, type MutationAnswer } from './use-fault-form.ts'
import { useServices } from './use-services.ts'

/** A form that changes who is signed in: after a success the page starts anew in the new name. */
export function useAccountForm(send: () => Promise<MutationAnswer>) {
  const { connection } = useServices()
  return useFaultForm(send, () => connection.changeIdentity())
}
