import { type AccountRecord, findAccount, insertAccountEvent } from '../../db/queries/account.ts'
import { lockPlan, updateEntitlement } from '../../db/queries/plan.ts'
import { requireAdministrator, type Viewer } from '../auth/viewer.ts'
import type { Entitlement } from '../domain/entitlement.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { AccountEventId, UserId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'entitlements'>

/**
 * An administrator sets what an account may use, whatever it was and whatever is paid; it is noted who did. Throws ForbiddenError,
 * NotFoundError.
 */
export async function setEntitlement(
  deps: Deps,
  viewer: Viewer,
  change: { userId: UserId; entitlement: Entitlement },
): Promise<AccountRecord> {
  requireAdministrator(viewer)
  const { userId, entitlement } = change
  const now = deps.clock()
  const account = await deps.db.withSystem('administer accounts', async (tx) => {
    const plan = await lockPlan(tx, userId)
    if (!plan) throw new NotFoundError('There is no such account.')
    if (plan.entitlement !== entitlement) {
      await updateEntitlement(tx, userId, entitlement, now)
      await insertAccountEvent(tx, {
        id: deps.makeId<AccountEventId>(),
        userId,
        actorId: viewer.id,
        type: 'ENTITLEMENT_SET',
        detail: { from: plan.entitlement, to: entitlement },
        at: now,
      })
    }
    return findAccount(tx, userId)
  })
  deps.entitlements.drop(userId)
  if (!account) throw new NotFoundError('There is no such account.')
  return account
}
