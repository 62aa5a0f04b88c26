import type { DatabaseClient, Tx } from '../../db/client.ts'
import type { Viewer } from '../auth/viewer.ts'

/** One transaction that holds all content packs for an administrator, and for everyone else those that policies let them see. */
export function withContentPacks<T>(
  db: DatabaseClient,
  viewer: Pick<Viewer, 'id' | 'role'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return viewer.role === 'ADMIN' ? db.withSystem('administer content packs', work) : db.asViewer(viewer.id, work)
}
