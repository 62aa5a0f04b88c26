/**
 * What whoever asks may do, by what they came with. Signed in by cookie: all that the account may. With an access token: what
 * its scopes name, and never what decides about the account, its tokens, what is public, deleted, or administered.
 */
import { ForbiddenError } from '../domain/errors.ts'
import type { TokenScope } from '../domain/token-scope.ts'

/** ANYONE: needs no sign-in either. SIGN_IN: by cookie alone. Else the scope that a token needs. */
export type Need = 'ANYONE' | 'SIGN_IN' | TokenScope

/** `scopes` null: there is no token. Throws ForbiddenError. */
export function assertMay(scopes: readonly TokenScope[] | null, need: Need): void {
  if (scopes === null || need === 'ANYONE') return
  if (need === 'SIGN_IN') throw new ForbiddenError('An access token may not do this. Sign in with your password.')
  if (!scopes.includes(need))
    throw new ForbiddenError(`This access token may not do this. Create one with the scope ${need}.`)
}
