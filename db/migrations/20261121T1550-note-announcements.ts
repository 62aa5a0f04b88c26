import { type Kysely, sql } from 'kysely'

/** When a recording was announced the last time: how long its upload is waited for counts from then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recordings add column announced_at timestamptz(3) not null default now()`.execute(db)
  // Policies hold for the owner too: they are put aside for this one statement.
  await sql`alter table recordings no force row level security`.execute(db)
  await sql`update recordings set announced_at = created_at`.execute(db)
  await sql`alter table recordings force row level security`.execute(db)
  await sql`drop index recordings_unfinished`.execute(db)
  await sql`create index recordings_unfinished on recordings (announced_at, id) where uploaded_at is null`.execute(db)
}
