import { type RawBuilder, sql } from 'kysely'
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { Entitlement } from '../../server/domain/entitlement.ts'
import type { UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'
import type { Role } from '../tables/user.ts'

/** An account as its owner sees it. Null preferences mean: the product's default. */
export interface UserRecord {
  id: UserId
  email: string
  name: string | null
  role: Role
  entitlement: Entitlement
  /** What the payments of this account grant; LOCKED where nothing is paid. */
  paidEntitlement: Entitlement
  endOfTurnPauseMs: number | null
  partnerSpeed: number | null
  voice: string | null
  level: CefrLevel | null
  captions: boolean
  timeZone: string
  createdAt: Date
  updatedAt: Date
  lastLoginAt: Date | null
}

/** What an owner may change; a key left out stays, null goes back to the default. */
export interface UserChanges {
  name?: string | null
  endOfTurnPauseMs?: number | null
  partnerSpeed?: number | null
  voice?: string | null
  level?: CefrLevel | null
  captions?: boolean
  timeZone?: string
}

export interface NewUser {
  id: UserId
  email: string
  name: string | null
  passwordHash: string
  role: Role
  entitlement: Entitlement
  now: Date
}

const columns = [
  'id',
  'email',
  'name',
  'role',
  'entitlement',
  'paid_entitlement as paidEntitlement',
  'end_of_turn_pause_ms as endOfTurnPauseMs',
  'partner_speed as partnerSpeed',
  'voice',
  'level',
  'captions',
  'time_zone as timeZone',
  'created_at as createdAt',
  'updated_at as updatedAt',
  'last_login_at as lastLoginAt',
] as const

/** Null when the transaction's viewer may not see the account, or it is gone. */
export async function findUser(tx: Tx, id: UserId): Promise<UserRecord | null> {
  return (await tx.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Holds the account's row until the transaction ends, so that what is counted against its budget stays counted. */
export async function lockUser(tx: Tx, id: UserId): Promise<UserRecord | null> {
  return (await tx.selectFrom('users').select(columns).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()) ?? null
}

/** System only. `email` in lower case. */
export async function findCredentials(tx: Tx, email: string): Promise<{ id: UserId; passwordHash: string } | null> {
  const row = await tx
    .selectFrom('users')
    .select(['id', 'password_hash as passwordHash'])
    .where('email', '=', email)
    .executeTakeFirst()
  return row ?? null
}

/** System only. */
export async function findPasswordHash(tx: Tx, id: UserId): Promise<string | null> {
  const row = await tx.selectFrom('users').select('password_hash').where('id', '=', id).executeTakeFirst()
  return row?.password_hash ?? null
}

/** Holds back every other sign-up until the transaction ends: only one can be the first. System only. */
export async function lockSignUp(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('parley.sign-up'))`.execute(tx)
}

/** System only. */
export async function hasAnyUser(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** False when the address is taken. System only. */
export async function insertUser(tx: Tx, user: NewUser): Promise<boolean> {
  const result = await tx
    .insertInto('users')
    .values({
      id: user.id,
      email: user.email,
      name: user.name,
      password_hash: user.passwordHash,
      role: user.role,
      entitlement: user.entitlement,
      end_of_turn_pause_ms: null,
      partner_speed: null,
      voice: null,
      level: null,
      captions: true,
      time_zone: 'UTC',
      created_at: user.now,
      updated_at: user.now,
      last_login_at: user.now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** System only. */
export async function updateLastLogin(tx: Tx, id: UserId, now: Date): Promise<void> {
  await tx.updateTable('users').set({ last_login_at: now }).where('id', '=', id).execute()
}

/** System only. */
export async function updatePasswordHash(tx: Tx, id: UserId, passwordHash: string, now: Date): Promise<void> {
  await tx
    .updateTable('users')
    .set({ password_hash: passwordHash, updated_at: notBeforeCreation(now) })
    .where('id', '=', id)
    .execute()
}

/** Holds back every other end of an administrator's account until the transaction ends: one has to remain. System only. */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('parley.administrators'))`.execute(tx)
}

/** Whether somebody else runs the installation. System only. */
export async function hasOtherAdministrator(tx: Tx, id: UserId): Promise<boolean> {
  const query = tx.selectFrom('users').select('id').where('role', '=', 'ADMIN').where('id', '!=', id).limit(1)
  return (await query.executeTakeFirst()) !== undefined
}

/** Under which the payment service knows the account; null where it does not. System only. */
export async function findCustomerId(tx: Tx, id: UserId): Promise<string | null> {
  const row = await tx.selectFrom('users').select('stripe_customer_id').where('id', '=', id).executeTakeFirst()
  return row?.stripe_customer_id ?? null
}

/** Deletes an account with all that belongs to it. System only. */
export async function deleteUser(tx: Tx, id: UserId): Promise<void> {
  await tx.deleteFrom('users').where('id', '=', id).execute()
}

/** The account after the change. */
export async function updateUser(tx: Tx, id: UserId, changes: UserChanges, now: Date): Promise<UserRecord> {
  return tx
    .updateTable('users')
    .set({
      ...(changes.name !== undefined && { name: changes.name }),
      ...(changes.endOfTurnPauseMs !== undefined && { end_of_turn_pause_ms: changes.endOfTurnPauseMs }),
      ...(changes.partnerSpeed !== undefined && { partner_speed: changes.partnerSpeed }),
      ...(changes.voice !== undefined && { voice: changes.voice }),
      ...(changes.level !== undefined && { level: changes.level }),
      ...(changes.captions !== undefined && { captions: changes.captions }),
      ...(changes.timeZone !== undefined && { time_zone: changes.timeZone }),
      updated_at: notBeforeCreation(now),
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** Whether days can be counted in this time zone; reads files on the database's side, so only where one is chosen. */
export async function isTimeZoneOfDatabase(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql`select from pg_timezone_names where lower(name) = lower(${name}) limit 1`.execute(tx)
  return rows.length > 0
}

/** The time of a change: the clocks of two server nodes may differ by more than an account is old. */
export function notBeforeCreation(now: Date): RawBuilder<Date> {
  return sql<Date>`greatest(created_at, ${now}::timestamptz)`
}

/** False where nobody has this address. System only. `email` in lower case. */
export async function updateRole(tx: Tx, email: string, role: Role): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('users').set({ role }).where('email', '=', email).executeTakeFirst()
  return numUpdatedRows > 0n
}
