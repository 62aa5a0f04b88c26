import { canManageAccounts } from '../../components/account-rights.ts'
import { Notice } from '../../components/Notice.tsx'
import { useViewer } from '../../hooks/use-account.ts'
import { pathTo } from '../../paths.ts'

/** Where nobody can pay. */
export function WhoSetsPlans() {
  const isAdministrator = canManageAccounts(useViewer())
  if (!isAdministrator)
    return (
      <Notice>Plans cost nothing here: an administrator of this installation sets them. Ask one for another.</Notice>
    )
  return (
    <Notice action={<a href={pathTo.accounts}>Accounts</a>}>
      Payments are not set up here: you set plans, each on its account.
    </Notice>
  )
}
