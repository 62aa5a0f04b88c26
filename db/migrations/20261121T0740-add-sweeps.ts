import { type Kysely, sql } from 'kysely'

/** What the sweeps need: when a stored recording was last looked for, since when it is gone, and what they may delete. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recordings add column looked_for_at timestamptz(3), add column missing_at timestamptz(3)`.execute(
    db,
  )
  await sql`create index recordings_unfinished on recordings (created_at) where uploaded_at is null`.execute(db)
  await sql`create index recordings_by_storage_key on recordings (storage_key) where storage_key is not null`.execute(
    db,
  )
  await sql`create index recordings_by_incoming_key on recordings (incoming_key)`.execute(db)
  await sql`create index recordings_to_look_for on recordings (looked_for_at nulls first, id) where storage_key is not null`.execute(
    db,
  )
  await sql`grant update (looked_for_at, missing_at) on recordings to parley_system`.execute(db)
  await sql`create index transcripts_open on transcripts (session_id) where finalized_at is null`.execute(db)
  await sql`create index client_secrets_by_expiry on client_secrets (expires_at) where used_at is null`.execute(db)
  await sql`grant delete on client_secrets to parley_system`.execute(db)
  await sql`create index auth_sessions_by_expiry on auth_sessions (expires_at)`.execute(db)
}
