import { findUser, type UserRecord } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { UnauthenticatedError } from '../domain/errors.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Throws UnauthenticatedError when the account is gone. */
export async function getViewer(deps: Pick<ServiceDeps, 'db'>, viewer: Viewer): Promise<UserRecord> {
  const user = await deps.db.asViewer(viewer.id, (tx) => findUser(tx, viewer.id))
  if (!user) throw new UnauthenticatedError()
  return user
}
