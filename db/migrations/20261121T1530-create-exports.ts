import { type Kysely, sql } from 'kysely'

/**
 * Copies of their data that users asked for. `round` counts the attempts: whoever finishes one can tell whether it still is the one
 * that is wanted. The queue may hold jobs of one kind to one after another.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table data_exports (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    request_id uuid not null,
    session_id uuid,
    status text not null default 'PENDING' check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
    progress real not null default 0 check (progress between 0 and 1),
    round int not null default 0 check (round >= 0),
    failure jsonb,
    storage_key text,
    size_bytes bigint check (size_bytes > 0),
    created_at timestamptz(3) not null,
    expires_at timestamptz(3),
    unique (user_id, request_id),
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade,
    check ((status = 'COMPLETED') = (expires_at is not null)),
    check ((status = 'COMPLETED') = (size_bytes is not null)),
    check ((status = 'FAILED') = (failure is not null)),
    check (storage_key is not null or status in ('PENDING', 'FAILED'))
  )`.execute(db)
  await sql`create index data_exports_of_session on data_exports (session_id) where session_id is not null`.execute(db)
  await sql`create index data_exports_by_storage_key on data_exports (storage_key) where storage_key is not null`.execute(
    db,
  )
  await sql`alter table data_exports enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on data_exports to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on data_exports to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select, insert, delete on data_exports to parley_app`.execute(db)
  await sql`grant update (status, progress, round, storage_key) on data_exports to parley_app`.execute(db)
  await sql`grant select, update, delete on data_exports to parley_system`.execute(db)
  await queueByName(db)
}

async function queueByName(db: Kysely<unknown>): Promise<void> {
  await sql`drop function enqueue_job(text, json, timestamptz, text)`.execute(db)
  await sql`create function enqueue_job(task text, payload json, run_at timestamptz, key text, queue text default null) returns void
    language sql security definer set search_path = pg_catalog, public as $$
      select graphile_worker.add_job(identifier => task, payload => payload, queue_name => queue, run_at => run_at, job_key => key,
        max_attempts => 8)
    $$`.execute(db)
  await sql`revoke all on function enqueue_job(text, json, timestamptz, text, text) from public`.execute(db)
  await sql`grant execute on function enqueue_job(text, json, timestamptz, text, text) to parley_app, parley_system`.execute(
    db,
  )
}
