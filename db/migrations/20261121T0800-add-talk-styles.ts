import { type Kysely, sql } from 'kysely'

/** How the partner is to listen is chosen at the start, and holds for every later call of the session. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column talk text not null default 'GUIDED' check (talk in ('GUIDED', 'FREE'))`.execute(
    db,
  )
}
