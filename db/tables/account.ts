import type { JSONColumnType } from 'kysely'
import type { AccountEventId, UserId } from '../../server/domain/ids.ts'

export type AccountEventType = 'ENTITLEMENT_SET' | 'ENTITLEMENT_PAID' | 'PASSWORD_RESET_ISSUED' | 'PASSWORD_RESET_USED'

/** What was done to an account, by whom; null where nobody did it or the account is gone. */
export interface AccountEventsTable {
  id: AccountEventId
  user_id: UserId | null
  actor_id: UserId | null
  type: AccountEventType
  detail: JSONColumnType<Record<string, unknown>>
  at: Date
}

export interface PasswordResetsTable {
  user_id: UserId
  token_hash: string
  expires_at: Date
  created_at: Date
}

export interface StripeEventsTable {
  id: string
  type: string
  received_at: Date
}
