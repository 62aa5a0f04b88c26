import { type Kysely, sql } from 'kysely'

/**
 * What owners chose to publish, each under an address that cannot be guessed. `parley_public` sees the one session whose slug the
 * transaction names, and of its sound only what was published as well. Whether a session is published is told by its row here alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function parley_slug() returns text language sql stable
    return nullif(current_setting('parley.slug', true), '')`.execute(db)
  await sql`create table publications (
    session_id uuid primary key,
    user_id uuid not null,
    slug text not null unique check (slug ~ '^[A-Za-z0-9_-]{24}$'),
    include_audio boolean not null,
    author_name text check (length(author_name) between 1 and 100),
    published_at timestamptz(3) not null,
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade
  )`.execute(db)
  await sql`alter table publications enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on publications to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on publications to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select, insert, update, delete on publications to parley_app`.execute(db)
  await sql`grant select on publications to parley_system`.execute(db)
  await openToVisitors(db)
  await sql`alter table sessions drop column privacy`.execute(db)
}

/** The policy of `publications` holds inside those of the other tables too: they see no more of it than the visitor does. */
async function openToVisitors(db: Kysely<unknown>): Promise<void> {
  await sql`create policy published_row on publications to parley_public
    using (slug = (select parley_slug())) with check (false)`.execute(db)
  await sql`create policy published_row on sessions to parley_public
    using (id in (select session_id from publications)) with check (false)`.execute(db)
  await sql`create policy published_rows on segments to parley_public
    using (session_id in (select session_id from publications)) with check (false)`.execute(db)
  await sql`create policy published_rows on recordings to parley_public
    using (session_id in (select session_id from publications where include_audio)) with check (false)`.execute(db)
  await sql`grant select (session_id, slug, include_audio, author_name, published_at) on publications to parley_public`.execute(
    db,
  )
  await sql`grant select (id, mode, title, level, started_at) on sessions to parley_public`.execute(db)
  await sql`grant select (session_id, item_id, call_number, previous_item_id, sequence, source, task_id, speaker, text, start_ms, end_ms,
    received_start_ms, received_end_ms, final, interrupted, revision) on segments to parley_public`.execute(db)
  await sql`grant select (session_id, part, start_ms, mime_type, size_bytes, duration_seconds, measured_seconds, sha256, storage_key,
    is_primary, missing_at, pruned_at) on recordings to parley_public`.execute(db)
}
