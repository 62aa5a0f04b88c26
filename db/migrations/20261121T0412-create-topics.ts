import { type Kysely, sql } from 'kysely'

/** What there is to talk about. No user's data: everyone reads, only the seed writes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table topics (
    id uuid primary key,
    key text not null unique,
    title text not null check (length(title) between 1 and 200),
    difficulty text not null check (difficulty in ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    prompt_hint text check (length(prompt_hint) <= 500),
    retired_at timestamptz(3),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  )`.execute(db)
  await sql`create index topics_by_level on topics (difficulty, title, id)`.execute(db)
  await sql`grant select on topics to parley_app, parley_system, parley_public`.execute(db)
}
