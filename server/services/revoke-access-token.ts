import { updateAccessTokenRevoked } from '../../db/queries/access-token.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { AccessTokenId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** The token holds no longer, and streams that it opened end, on every node. Safe to send again. Throws NotFoundError. */
export async function revokeAccessToken(
  deps: Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'signIns'>,
  viewer: Viewer,
  id: AccessTokenId,
): Promise<AccessTokenId> {
  const isThere = await deps.db.asViewer(viewer.id, (tx) => updateAccessTokenRevoked(tx, viewer.id, id, deps.clock()))
  if (!isThere) throw new NotFoundError('There is no such access token.')
  // This node hears the bell a moment later: the answer must not be overtaken by a request with the token.
  deps.signIns.drop(viewer.id)
  deps.bus.ring({ topic: 'access', key: viewer.id })
  return id
}
