import { ForbiddenError, UnauthenticatedError } from '../domain/errors.ts'
import type { UserId } from '../domain/ids.ts'
import type { TokenScope } from '../domain/token-scope.ts'

/** Who asks, as far as the request proved it. What he may use is not in here: it can change while he is signed in. */
export interface Viewer {
  id: UserId
  role: 'LEARNER' | 'ADMIN'
  /** The sign-in or the access token that the request came with, as a hash. */
  signIn: string
  /** What the access token may do; null for a sign-in, which may do all that the account may. */
  scopes: readonly TokenScope[] | null
}

/** Throws UnauthenticatedError for nobody. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (!viewer) throw new UnauthenticatedError()
  return viewer
}

/** Throws ForbiddenError for whoever is not one. */
export function requireAdministrator(viewer: Viewer): void {
  if (viewer.role !== 'ADMIN') throw new ForbiddenError('Only administrators may do this.')
}

/** Throws ForbiddenError where a page of another origin sent the request. */
export function requireOwnOrigin(origin: string | undefined, allowedOrigins: readonly string[]): void {
  // A program that is no browser sends none.
  if (origin !== undefined && !allowedOrigins.includes(origin))
    throw new ForbiddenError('This address may not use the API.')
}
