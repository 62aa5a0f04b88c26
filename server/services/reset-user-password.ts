import { randomBytes } from 'node:crypto'
import { findAccount, insertAccountEvent } from '../../db/queries/account.ts'
import { replacePasswordReset } from '../../db/queries/password-reset.ts'
import { requireAdministrator, type Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { AccountEventId, UserId } from '../domain/ids.ts'
import { hashSecret } from './hash-secret.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'publicUrl'>

const goodForMs = 24 * 3_600_000

/**
 * A link to a new password, for an administrator to hand over: there is no mail. Good once, for 24 hours, and an earlier link no more;
 * the old password holds until it is used. Throws ForbiddenError, NotFoundError.
 */
export async function resetUserPassword(
  deps: Deps,
  viewer: Viewer,
  userId: UserId,
): Promise<{ url: string; expiresAt: Date }> {
  requireAdministrator(viewer)
  const token = randomBytes(32).toString('base64url')
  const now = deps.clock()
  const expiresAt = new Date(now.getTime() + goodForMs)
  await deps.db.withSystem('administer accounts', async (tx) => {
    if (!(await findAccount(tx, userId))) throw new NotFoundError('There is no such account.')
    await replacePasswordReset(tx, { userId, tokenHash: hashSecret(token), expiresAt, now })
    await insertAccountEvent(tx, {
      id: deps.makeId<AccountEventId>(),
      userId,
      actorId: viewer.id,
      type: 'PASSWORD_RESET_ISSUED',
      detail: { expiresAt: expiresAt.toISOString() },
      at: now,
    })
  })
  // Behind the number sign it is sent to no server, and stands in no log of addresses.
  return { url: `${deps.publicUrl()}/reset-password#${token}`, expiresAt }
}
