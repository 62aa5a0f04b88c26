import type { Generated } from 'kysely'
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { Entitlement } from '../../server/domain/entitlement.ts'
import type { UserId } from '../../server/domain/ids.ts'

export type Role = 'LEARNER' | 'ADMIN'

export interface UsersTable {
  id: UserId
  /** Lower case. */
  email: string
  name: string | null
  password_hash: string
  role: Role
  entitlement: Entitlement
  /** What the payments of this account grant; LOCKED where nothing is paid. */
  paid_entitlement: Generated<Entitlement>
  /** Under which the payment service knows the account. */
  stripe_customer_id: Generated<string | null>
  stripe_subscription_id: Generated<string | null>
  /** Grows by one whenever what is paid was looked up and noted. */
  payment_revision: Generated<number>
  end_of_turn_pause_ms: number | null
  partner_speed: number | null
  voice: string | null
  level: CefrLevel | null
  captions: boolean
  time_zone: string
  created_at: Date
  updated_at: Date
  last_login_at: Date | null
}

/** A sign-in. The row keeps a hash of the cookie's value, so that a copy of the table signs nobody in. */
export interface AuthSessionsTable {
  id_hash: string
  user_id: UserId
  expires_at: Date
  created_at: Date
}
