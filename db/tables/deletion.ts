import type { Generated } from 'kysely'
import type { DeletionId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { SessionMode } from '../../server/domain/session-state.ts'

/** What remains of a session or an account; of a session the columns from `session_id` to `practised_seconds`. */
export interface DeletionsTable {
  id: DeletionId
  kind: 'SESSION' | 'ACCOUNT'
  user_id: UserId
  session_id: SessionId | null
  mode: SessionMode | null
  /** Of the request that started it. */
  request_id: string | null
  started_at: Date | null
  /** They count against the time of that day. */
  practised_seconds: number | null
  /** Of an account: whom the payment service still knows; null once it does not. */
  customer_id: string | null
  /** Calls at the voice service that are still to be hung up, by its ids. */
  open_calls: Generated<string[]>
  row_count: number
  blob_count: number
  deleted_by: UserId
  deleted_at: Date
  /** When everything was seen to be gone. */
  verified_at: Date | null
}
