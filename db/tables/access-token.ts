import type { AccessTokenId, UserId } from '../../server/domain/ids.ts'
import type { TokenScope } from '../../server/domain/token-scope.ts'

/** What a program signs in with: the hash of its value, never the value. */
export interface AccessTokensTable {
  id: AccessTokenId
  user_id: UserId
  /** The client's own id of the request that made it. */
  request_id: string
  name: string
  scopes: TokenScope[]
  token_hash: string
  /** Null: never. */
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
  created_at: Date
}
