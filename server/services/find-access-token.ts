import { type AccessTokenRecord, findAccessToken as queryToken } from '../../db/queries/access-token.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { AccessTokenId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist, was revoked, or is not the viewer's. */
export async function findAccessToken(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: AccessTokenId,
): Promise<AccessTokenRecord | null> {
  return deps.db.asViewer(viewer.id, (tx) => queryToken(tx, id))
}
