import { findCredentials, findUser, updateLastLogin } from '../../db/queries/user.ts'
import { UnauthenticatedError } from '../domain/errors.ts'
import { isStorable } from './is-storable.ts'
import type { ServiceDeps } from './service-deps.ts'
import { maxAddressLength, type SignedIn } from './sign-up.ts'

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'passwords' | 'signIns' | 'throttles'>

/**
 * Signs in by address and password. An unknown address and a wrong password answer with the same words after the same work.
 * Throws UnauthenticatedError, RateLimitedError (per account and per client).
 */
export async function signIn(
  deps: Deps,
  client: string,
  input: { email: string; password: string },
): Promise<SignedIn> {
  // Longer than any address there is: no more is to be remembered of it.
  const email = input.email
    .trim()
    .toLowerCase()
    .slice(0, maxAddressLength + 1)
  await deps.throttles.client.spend(client)
  await deps.throttles.account.spend(email)
  const account = isStorable(email) ? await deps.db.withSystem('sign in', (tx) => findCredentials(tx, email)) : null
  const isRight = await deps.passwords.verify(account?.passwordHash ?? null, input.password)
  if (!account || !isRight) throw new UnauthenticatedError('The address or the password is wrong.')
  await deps.throttles.account.forgive(email)
  const user = await deps.db.withSystem('sign in', async (tx) => {
    await updateLastLogin(tx, account.id, deps.clock())
    return findUser(tx, account.id)
  })
  if (!user) throw new UnauthenticatedError('The address or the password is wrong.')
  return { user, setCookie: await deps.signIns.start(user.id) }
}
