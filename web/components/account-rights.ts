/** Which pages concern whom. The server decides what may be done; this decides what is offered. */
import type { ViewerParts } from '../hooks/use-account.ts'

type Rights = Pick<ViewerParts, 'role' | 'entitlement'>

export function canManagePacks({ role, entitlement }: Rights): boolean {
  return role === 'ADMIN' || entitlement === 'PRO'
}

export function canManageAccounts({ role }: Pick<Rights, 'role'>): boolean {
  return role === 'ADMIN'
}
