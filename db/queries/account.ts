/** Accounts as an administrator sees them, and what was done to them. */
import { sql } from 'kysely'
import type { Entitlement } from '../../server/domain/entitlement.ts'
import type { AccountEventId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'
import type { AccountEventType } from '../tables/account.ts'
import type { Role } from '../tables/user.ts'

export interface AccountRecord {
  id: UserId
  email: string
  name: string | null
  role: Role
  entitlement: Entitlement
  createdAt: Date
  lastLoginAt: Date | null
}

export interface AccountEventRecord {
  type: AccountEventType
  /** Null where nobody did it, or his account is gone. */
  actorEmail: string | null
  detail: Record<string, unknown>
  at: Date
}

export interface NewAccountEvent {
  id: AccountEventId
  userId: UserId
  /** Null where a payment or a link did it. */
  actorId: UserId | null
  type: AccountEventType
  detail: Record<string, unknown>
  at: Date
}

const columns = [
  'id',
  'email',
  'name',
  'role',
  'entitlement',
  'created_at as createdAt',
  'last_login_at as lastLoginAt',
] as const

/** System only. */
export async function findAccount(tx: Tx, id: UserId): Promise<AccountRecord | null> {
  return (await tx.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Newest first: ids sort by creation. `search` is found in the address or the name, in any case of letters. System only. */
export async function listAccounts(
  tx: Tx,
  page: { search: string | null; after: UserId | null; limit: number },
): Promise<AccountRecord[]> {
  const pattern = page.search === null ? null : `%${page.search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return tx
    .selectFrom('users')
    .select(columns)
    .where(sql<boolean>`(${pattern}::text is null or email ilike ${pattern} or name ilike ${pattern})`)
    .where(sql<boolean>`(${page.after}::uuid is null or id < ${page.after})`)
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** System only. */
export async function insertAccountEvent(tx: Tx, event: NewAccountEvent): Promise<void> {
  await tx
    .insertInto('account_events')
    .values({
      id: event.id,
      user_id: event.userId,
      actor_id: event.actorId,
      type: event.type,
      detail: JSON.stringify(event.detail),
      at: event.at,
    })
    .execute()
}

/** Newest first. System only. */
export async function listAccountEvents(tx: Tx, userId: UserId, limit: number): Promise<AccountEventRecord[]> {
  return tx
    .selectFrom('account_events as e')
    .leftJoin('users as a', 'a.id', 'e.actor_id')
    .select(['e.type', 'a.email as actorEmail', 'e.detail', 'e.at'])
    .where('e.user_id', '=', userId)
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute()
}
