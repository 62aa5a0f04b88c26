import { type Kysely, sql } from 'kysely'

/**
 * What payments and administrators change of an account, who did it, and the means to come back into one. None of it is within
 * `parley_app`'s reach, but for what an account's own payments grant.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addPayments(db)
  await ringWhenEntitlementChanges(db)
  await createStripeEvents(db)
  await createPasswordResets(db)
  await createAccountEvents(db)
}

async function addPayments(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users
    alter column entitlement set default 'LOCKED',
    add column stripe_customer_id text unique,
    add column stripe_subscription_id text,
    add column paid_entitlement text not null default 'LOCKED' check (paid_entitlement in ('LOCKED', 'BASIC', 'PRO')),
    add column payment_revision int not null default 0,
    add constraint users_paid_by_somebody check (paid_entitlement = 'LOCKED' or stripe_subscription_id is not null),
    add constraint users_updated_after_created check (created_at <= updated_at)`.execute(db)
  await sql`create index users_by_entitlement on users (entitlement)`.execute(db)
  await sql`grant select (paid_entitlement) on users to parley_app`.execute(db)
}

/**
 * Tells every server node, as `server/events/postgres-bus.ts` would. In the transaction itself, so that no crash between the
 * commit and the bell leaves an old entitlement in a cache; such commits are too few to mind the lock that NOTIFY takes.
 */
async function ringWhenEntitlementChanges(db: Kysely<unknown>): Promise<void> {
  await sql`create function ring_entitlement() returns trigger language plpgsql as $$ begin
      perform pg_notify('parley_bells', json_build_object(
        'node', 'database', 'bells', json_build_array(json_build_object('topic', 'entitlement', 'key', new.id)))::text);
      return null;
    end $$`.execute(db)
  await sql`create trigger ring_entitlement after update on users for each row
    when (old.entitlement is distinct from new.entitlement) execute function ring_entitlement()`.execute(db)
}

/** Deliveries that were acted on, so that a second one of the same event does nothing. */
async function createStripeEvents(db: Kysely<unknown>): Promise<void> {
  await sql`create table stripe_events (
    id text primary key check (length(id) between 1 and 255),
    type text not null check (length(type) between 1 and 100),
    received_at timestamptz(3) not null
  )`.execute(db)
  await sql`create index stripe_events_by_age on stripe_events (received_at)`.execute(db)
  await protect(db, 'stripe_events')
  await sql`grant select, insert, delete on stripe_events to parley_system`.execute(db)
}

/** One-time links to a new password, at most one for an account. The row keeps a hash of the token. */
async function createPasswordResets(db: Kysely<unknown>): Promise<void> {
  await sql`create table password_resets (
    user_id uuid primary key references users on delete cascade,
    token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
    expires_at timestamptz(3) not null,
    created_at timestamptz(3) not null
  )`.execute(db)
  await protect(db, 'password_resets')
  await sql`grant select, insert, update, delete on password_resets to parley_system`.execute(db)
}

/** What was done to accounts: by an administrator, or by nobody (a payment, a link). Only added to. */
async function createAccountEvents(db: Kysely<unknown>): Promise<void> {
  await sql`create table account_events (
    id uuid primary key,
    user_id uuid references users on delete set null,
    actor_id uuid references users on delete set null,
    type text not null check (type in ('ENTITLEMENT_SET', 'ENTITLEMENT_PAID', 'PASSWORD_RESET_ISSUED', 'PASSWORD_RESET_USED')),
    detail jsonb not null default '{}',
    at timestamptz(3) not null
  )`.execute(db)
  await sql`create index account_events_of_user on account_events (user_id, id)`.execute(db)
  await sql`create index account_events_by_actor on account_events (actor_id)`.execute(db)
  await protect(db, 'account_events')
  await sql`grant select, insert on account_events to parley_system`.execute(db)
}

async function protect(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`alter table ${sql.table(table)} enable row level security, force row level security`.execute(db)
  await sql`create policy system_rows on ${sql.table(table)} to parley_system using (true) with check (true)`.execute(
    db,
  )
}
