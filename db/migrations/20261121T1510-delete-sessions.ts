import { type Kysely, sql } from 'kysely'

/**
 * What remains of what was deleted: which session or account, when, by whom, how much, and since when it is known to be gone.
 * Nothing of what was in it. It outlives the account, so it refers to nothing. The seconds of practice stay, for what was used of
 * a day's time is used; the request, so that it starts nothing anew when it comes late.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table deletions (
    id uuid primary key,
    kind text not null check (kind in ('SESSION', 'ACCOUNT')),
    user_id uuid not null,
    session_id uuid unique,
    mode text check (mode in ('CONVERSATION', 'SPEAKING_TEST', 'DRILL')),
    request_id uuid,
    started_at timestamptz(3),
    practised_seconds int check (practised_seconds >= 0),
    customer_id text,
    row_count int not null check (row_count >= 0),
    blob_count int not null check (blob_count >= 0),
    deleted_by uuid not null,
    deleted_at timestamptz(3) not null,
    verified_at timestamptz(3) check (verified_at >= deleted_at),
    check (num_nulls(session_id, mode, request_id, started_at, practised_seconds) = case when kind = 'SESSION' then 0 else 5 end),
    check (customer_id is null or verified_at is null)
  )`.execute(db)
  await sql`create index deletions_by_start on deletions (user_id, started_at)`.execute(db)
  await sql`create index deletions_by_request on deletions (user_id, request_id)`.execute(db)
  await sql`create index deletions_unverified on deletions (deleted_at) where verified_at is null`.execute(db)
  await sql`alter table deletions enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on deletions to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on deletions to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select, insert on deletions to parley_app`.execute(db)
  await sql`grant select, insert, update on deletions to parley_system`.execute(db)
  // What belongs to a session or an account goes with it, by the foreign keys.
  await sql`grant delete on sessions to parley_app`.execute(db)
  await sql`grant delete on users to parley_system`.execute(db)
}
