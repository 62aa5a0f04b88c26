import {
  type AccessTokenCursor,
  type AccessTokenRecord,
  listAccessTokens as queryTokens,
} from '../../db/queries/access-token.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Newest first; revoked ones are left out, those that have run out are not. */
export async function listAccessTokens(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  page: { after: AccessTokenCursor | null; limit: number },
): Promise<{ tokens: AccessTokenRecord[]; hasMore: boolean }> {
  const wanted = { userId: viewer.id, after: page.after, limit: page.limit + 1 }
  const tokens = await deps.db.asViewer(viewer.id, (tx) => queryTokens(tx, wanted))
  return { tokens: tokens.slice(0, page.limit), hasMore: tokens.length > page.limit }
}
