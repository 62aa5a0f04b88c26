import { type Kysely, sql } from 'kysely'

/** An append asks which segments follow the ones that it brings; without this it would read the whole transcript each time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index segments_by_previous on segments (session_id, previous_item_id)`.execute(db)
}
