import { type Kysely, sql } from 'kysely'

/**
 * Three roles that own nothing and bypass nothing. `create role` is cluster-wide, hence the guard.
 * `parley_viewer_id` is whose data the current transaction may see.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const role of ['parley_app', 'parley_system', 'parley_public']) {
    await sql`do $$ begin
      if not exists (select from pg_roles where rolname = ${sql.lit(role)}) then
        create role ${sql.id(role)} nologin noinherit;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db)
    await sql`grant usage on schema public to ${sql.id(role)}`.execute(db)
  }
  await sql`create function parley_viewer_id() returns uuid language sql stable
    return nullif(current_setting('parley.user_id', true), '')::uuid`.execute(db)
}
