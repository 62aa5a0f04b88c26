import type { DatabaseClient, Tx } from '../../db/client.ts'
import { findUser } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { PackUser } from '../domain/content-pack-access.ts'
import { UnauthenticatedError } from '../domain/errors.ts'

/**
 * The account as it is now; an administrator only where the transaction is one's, see below. Throws UnauthenticatedError when it is
 * gone.
 */
export async function getPackUser(tx: Tx, viewer: Pick<Viewer, 'id' | 'role'>): Promise<PackUser> {
  const user = await findUser(tx, viewer.id)
  if (!user) throw new UnauthenticatedError()
  return { id: user.id, role: viewer.role === 'ADMIN' ? user.role : 'LEARNER', entitlement: user.entitlement }
}

/** One transaction that holds all content packs for an administrator, and for everyone else those that policies let them see. */
export function withContentPacks<T>(
  db: DatabaseClient,
  viewer: Pick<Viewer, 'id' | 'role'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return viewer.role === 'ADMIN' ? db.withSystem('administer content packs', work) : db.asViewer(viewer.id, work)
}
