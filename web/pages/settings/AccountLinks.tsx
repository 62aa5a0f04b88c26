import { canManageAccounts, canManagePacks } from '../../components/account-rights.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { pathTo } from '../../paths.ts'

/** The ways to what a phone's bar has no room for. */
export function AccountLinks() {
  const viewer = useViewer()
  return (
    <ul class="button-row">
      <li>
        <a href={pathTo.plan}>Your plan</a>
      </li>
      {canManagePacks(viewer) && (
        <li>
          <a href={pathTo.packs}>Content packs</a>
        </li>
      )}
      {canManageAccounts(viewer) && (
        <li>
          <a href={pathTo.accounts}>Accounts</a>
        </li>
      )}
    </ul>
  )
}
