import { type Kysely, sql } from 'kysely'

/** The ids of calls that go on although what they belong to is deleted, since the voice service did not take the end: until it does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table deletions add column open_calls text[] not null default '{}',
    add check (verified_at is null or open_calls = '{}')`.execute(db)
  await sql`create index deletions_with_open_calls on deletions (deleted_at) where open_calls <> '{}'`.execute(db)
}
