import { type Kysely, sql } from 'kysely'

/** Every minute those that nobody is there for are looked for: few of all the calls that there ever were. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index client_secrets_open on client_secrets (used_at)
    where provider_call_id is not null and hung_up_at is null`.execute(db)
}
