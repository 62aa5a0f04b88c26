import { type Kysely, sql } from 'kysely'

/**
 * One door for all roles into the job queue, so that a job is added in the transaction that makes it necessary.
 * The queue's own tables come from graphile-worker's migrations, which run before these.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function enqueue_job(task text, payload json, run_at timestamptz, key text) returns void
    language sql security definer set search_path = pg_catalog, public as $$
      select graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => key, max_attempts => 8)
    $$`.execute(db)
  await sql`revoke all on function enqueue_job(text, json, timestamptz, text) from public`.execute(db)
  await sql`grant execute on function enqueue_job(text, json, timestamptz, text) to parley_app, parley_system`.execute(
    db,
  )
}
