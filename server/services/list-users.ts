import {
  type AccountEventRecord,
  type AccountRecord,
  findAccount,
  listAccountEvents,
  listAccounts,
} from '../../db/queries/account.ts'
import { requireAdministrator, type Viewer } from '../auth/viewer.ts'
import type { UserId } from '../domain/ids.ts'
import { isStorable } from './is-storable.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db'>

/** Enough to see how an account came to be as it is. */
const eventsShown = 50

/** Newest account first. `search`: part of the address or the name. Throws ForbiddenError. */
export async function listUsers(
  deps: Deps,
  viewer: Viewer,
  page: { search: string | null; after: UserId | null; limit: number },
): Promise<{ users: AccountRecord[]; hasMore: boolean }> {
  requireAdministrator(viewer)
  const search = page.search?.trim() || null
  if (search !== null && !isStorable(search)) return { users: [], hasMore: false }
  const found = await deps.db.withSystem('administer accounts', (tx) =>
    listAccounts(tx, { search, after: page.after, limit: page.limit + 1 }),
  )
  return { users: found.slice(0, page.limit), hasMore: found.length > page.limit }
}

/** Null for whoever is no administrator, as where there is no such account. */
export async function findUser(deps: Deps, viewer: Viewer, id: UserId): Promise<AccountRecord | null> {
  return viewer.role === 'ADMIN' ? deps.db.withSystem('administer accounts', (tx) => findAccount(tx, id)) : null
}

/** Newest first, the last 50. Throws ForbiddenError. */
export async function listUserEvents(deps: Deps, viewer: Viewer, id: UserId): Promise<AccountEventRecord[]> {
  requireAdministrator(viewer)
  return deps.db.withSystem('administer accounts', (tx) => listAccountEvents(tx, id, eventsShown))
}
