import { type Kysely, sql } from 'kysely'

/** The way out of the job queue, beside the way in: for jobs of what was deleted. One that runs is not tried again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function forget_jobs(keys text[]) returns void
    language sql security definer set search_path = pg_catalog, public as $$
      select graphile_worker.remove_job(key) from unnest(keys) as key
    $$`.execute(db)
  await sql`revoke all on function forget_jobs(text[]) from public`.execute(db)
  await sql`grant execute on function forget_jobs(text[]) to parley_app, parley_system`.execute(db)
}
