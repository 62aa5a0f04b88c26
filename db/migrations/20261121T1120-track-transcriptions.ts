import { type Kysely, sql } from 'kysely'

/**
 * Where the writing down of each recording stands, and how often its learner had it tried again. Of what is stored already,
 * that is written down whose task has words.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recordings
    add column transcription_status text not null default 'NONE'
      check (transcription_status in ('NONE', 'PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
    add column transcription_failure jsonb,
    add column transcription_changed_at timestamptz(3),
    add column retries int not null default 0 check (retries >= 0),
    add check ((transcription_status = 'FAILED') = (transcription_failure is not null)),
    add check (transcription_status = 'NONE' or storage_key is not null)`.execute(db)
  await markWritten(db)
  await sql`create index recordings_being_transcribed on recordings (transcription_changed_at)
    where transcription_status in ('PENDING', 'PROCESSING')`.execute(db)
  await sql`grant update (transcription_status, transcription_failure, transcription_changed_at) on recordings to parley_system`.execute(
    db,
  )
}

/** Policies hold for the owner too: they are put aside for this one statement. */
async function markWritten(db: Kysely<unknown>): Promise<void> {
  const tables = ['recordings', 'segments']
  for (const table of tables) await sql`alter table ${sql.id(table)} no force row level security`.execute(db)
  await sql`update recordings r set transcription_status = 'COMPLETED', transcription_changed_at = now()
    where storage_key is not null and exists (select from segments g where g.session_id = r.session_id and g.task_id = r.task_id)`.execute(
    db,
  )
  for (const table of tables) await sql`alter table ${sql.id(table)} force row level security`.execute(db)
}
