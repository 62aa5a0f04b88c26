import { type Kysely, sql } from 'kysely'

/** Until when somebody listens in on a call, unless they say so again: another takes over where a server went. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table client_secrets add column followed_until timestamptz(3)`.execute(db)
}
