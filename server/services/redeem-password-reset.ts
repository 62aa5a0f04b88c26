import { z } from 'zod'
import { insertAccountEvent } from '../../db/queries/account.ts'
import { deleteAuthSessions } from '../../db/queries/auth-session.ts'
import { findPasswordReset, takePasswordReset } from '../../db/queries/password-reset.ts'
import { findUser, updatePasswordHash, type UserRecord } from '../../db/queries/user.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { AccountEventId } from '../domain/ids.ts'
import { hashSecret } from './hash-secret.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'
import { passwordSchema } from './sign-up.ts'

const inputSchema = z.object({ token: z.string().trim(), newPassword: passwordSchema })

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'passwords' | 'throttles' | 'bus'>

/**
 * Sets a new password by the link that an administrator handed over. Every sign-in of the account ends. Throws InvalidInputError,
 * NotFoundError (used, replaced, run out, or never given), RateLimitedError.
 */
export async function redeemPasswordReset(
  deps: Deps,
  client: string,
  input: { token: string; newPassword: string },
): Promise<UserRecord> {
  await deps.throttles.client.spend(client)
  const { token, newPassword } = parseInput(inputSchema, input)
  const tokenHash = hashSecret(token)
  const now = deps.clock()
  // Looked at first: hashing a password is work that a made-up link is not to cause.
  const known = await deps.db.withSystem('reset password', (tx) => findPasswordReset(tx, tokenHash, now))
  if (known === null) throw gone()
  const passwordHash = await deps.passwords.hash(newPassword)
  const user = await deps.db.withSystem('reset password', async (tx) => {
    const userId = await takePasswordReset(tx, tokenHash, now)
    if (userId === null) return null
    await updatePasswordHash(tx, userId, passwordHash, now)
    await deleteAuthSessions(tx, userId)
    const event = { id: deps.makeId<AccountEventId>(), userId, actorId: null, detail: {}, at: now }
    await insertAccountEvent(tx, { ...event, type: 'PASSWORD_RESET_USED' })
    return findUser(tx, userId)
  })
  if (!user) throw gone()
  deps.bus.ring({ topic: 'access', key: user.id })
  await deps.throttles.account.forgive(user.email)
  return user
}

function gone(): NotFoundError {
  return new NotFoundError('This link is good for nothing any more. Ask an administrator for a new one.')
}
