import { type Kysely, sql } from 'kysely'

/**
 * What programs sign in with. A row keeps the hash of a token's value, out of `parley_app`'s reach, so that a copy of the table
 * opens nothing; whoever owns it may revoke it and change nothing else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table access_tokens (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    request_id uuid not null,
    name text not null check (length(name) between 1 and 100),
    scopes text[] not null check (
      cardinality(scopes) >= 1 and scopes <@ array['HISTORY_READ', 'SESSIONS_WRITE', 'PACKS_WRITE']),
    token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
    expires_at timestamptz(3),
    last_used_at timestamptz(3),
    revoked_at timestamptz(3),
    created_at timestamptz(3) not null,
    unique (user_id, request_id)
  )`.execute(db)
  await sql`create index access_tokens_by_user on access_tokens (user_id, id)`.execute(db)
  await sql`alter table access_tokens enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on access_tokens to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on access_tokens to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select (id, user_id, request_id, name, scopes, expires_at, last_used_at, revoked_at, created_at), insert
    on access_tokens to parley_app`.execute(db)
  await sql`grant update (revoked_at) on access_tokens to parley_app`.execute(db)
  await sql`grant select, update (last_used_at), delete on access_tokens to parley_system`.execute(db)
}
