import { type Kysely, sql } from 'kysely'

/** Which of the job queue's workers live: what the others have locked is free again. Read and written by the owner alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table worker_heartbeats (worker_id text primary key, seen_at timestamptz(3) not null)`.execute(db)
}
