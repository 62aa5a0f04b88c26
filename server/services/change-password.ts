import { z } from 'zod'
import { deleteAuthSessions } from '../../db/queries/auth-session.ts'
import { findPasswordHash, findUser, updatePasswordHash, type UserRecord } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { InvalidInputError, UnauthenticatedError } from '../domain/errors.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'
import { passwordSchema } from './sign-up.ts'

const inputSchema = z.object({ currentPassword: z.string(), newPassword: passwordSchema })

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'passwords' | 'throttles' | 'bus'>

/** Every other sign-in of the account ends. Throws InvalidInputError (wrong current or weak new password), RateLimitedError. */
export async function changePassword(
  deps: Deps,
  viewer: Viewer,
  input: { currentPassword: string; newPassword: string },
): Promise<UserRecord> {
  await deps.throttles.account.spend(viewer.id)
  const { currentPassword, newPassword } = parseInput(inputSchema, input)
  const current = await deps.db.withSystem('change password', (tx) => findPasswordHash(tx, viewer.id))
  if (!(await deps.passwords.verify(current, currentPassword))) {
    throw new InvalidInputError([{ path: ['currentPassword'], message: 'This is not your current password.' }])
  }
  await deps.throttles.account.forgive(viewer.id)
  const passwordHash = await deps.passwords.hash(newPassword)
  const user = await deps.db.withSystem('change password', async (tx) => {
    await updatePasswordHash(tx, viewer.id, passwordHash, deps.clock())
    await deleteAuthSessions(tx, viewer.id, viewer.signIn)
    return findUser(tx, viewer.id)
  })
  if (!user) throw new UnauthenticatedError()
  deps.bus.ring({ topic: 'access', key: viewer.id })
  return user
}
