import { z } from 'zod'
import { type AccessTokenRecord, countAccessTokens, insertAccessToken } from '../../db/queries/access-token.ts'
import { lockUser } from '../../db/queries/user.ts'
import { makeAccessToken } from '../auth/access-tokens.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, LimitError, UnauthenticatedError } from '../domain/errors.ts'
import { type AccessTokenId, isUuid } from '../domain/ids.ts'
import { tokenScopes } from '../domain/token-scope.ts'
import { isStorable } from './is-storable.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Tokens that one account may have at once. */
const maxTokens = 50
const dayMs = 24 * 3_600_000
const daysMessage = 'Give 1 to 366 days, or null for a token that never runs out.'

const inputSchema = z.object({
  requestId: z.string().toLowerCase().refine(isUuid, 'This is not a UUID.'),
  name: z
    .string()
    .trim()
    .min(1, 'Give it a name by which you know it again.')
    .max(100, 'Use at most 100 characters.')
    .refine(isStorable, 'A name has no null character.'),
  scopes: z.array(z.enum(tokenScopes)).min(1, 'Choose at least one.').transform(inOrder),
  expiresInDays: z.int(daysMessage).min(1, daysMessage).max(366, daysMessage).nullable().default(90),
})

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId'>

/**
 * A new token; `value` is in this answer only, and stored nowhere.
 * Throws InvalidInputError, ConflictError (this request made one before: its value cannot be told again), LimitError.
 */
export async function createAccessToken(
  deps: Deps,
  viewer: Viewer,
  input: unknown,
): Promise<{ accessToken: AccessTokenRecord; value: string }> {
  const { requestId, name, scopes, expiresInDays } = parseInput(inputSchema, input)
  const { value, hash: tokenHash } = makeAccessToken()
  const now = deps.clock()
  const expiresAt = expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * dayMs)
  const id = deps.makeId<AccessTokenId>()
  await deps.db.asViewer(viewer.id, async (tx) => {
    if (!(await lockUser(tx, viewer.id))) throw new UnauthenticatedError()
    const token = { id, userId: viewer.id, requestId, name, scopes, tokenHash, expiresAt, now }
    if (!(await insertAccessToken(tx, token))) {
      throw new ConflictError('This request made a token before, and its value is shown only once. Create another one.')
    }
    const used = (await countAccessTokens(tx, viewer.id)) - 1
    if (used >= maxTokens) {
      throw new LimitError('You have as many access tokens as one account may have. Revoke one first.', {
        limit: maxTokens,
        used,
        resetsAt: null,
      })
    }
  })
  return { accessToken: { id, name, scopes, createdAt: now, lastUsedAt: null, expiresAt }, value }
}

/** Each once, in the order in which they are listed everywhere. */
function inOrder<Scope>(scopes: Scope[]): Scope[] {
  return (tokenScopes as readonly unknown[] as Scope[]).filter((scope) => scopes.includes(scope))
}
