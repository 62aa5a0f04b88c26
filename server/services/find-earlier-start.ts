import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '../../db/client.ts'
import { hasDeletedRequest } from '../../db/queries/deletion.ts'
import { findSession, findSessionByRequest } from '../../db/queries/session.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { ConflictError } from '../domain/errors.ts'
import type { UserId } from '../domain/ids.ts'

/**
 * The session that this request started before; null for a new request.
 * Throws ConflictError: it came with another input then, or what it started was deleted.
 */
export async function findEarlierStart(
  tx: Tx,
  userId: UserId,
  request: { id: string; input: Record<string, unknown> },
): Promise<SessionRecord | null> {
  const earlier = await findSessionByRequest(tx, userId, request.id)
  if (!earlier) {
    if (await hasDeletedRequest(tx, userId, request.id))
      throw new ConflictError('What this request started was deleted. Use a new requestId to start anew.')
    return null
  }
  if (!isDeepStrictEqual(earlier.input, request.input))
    throw new ConflictError('This request was sent before with another choice. Use a new requestId.')
  return findSession(tx, earlier.id)
}
