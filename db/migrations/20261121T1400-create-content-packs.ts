import { type Kysely, sql } from 'kysely'

/**
 * Packs of interview questions, what happened to them, and their questions, which drills point to. A pack's content never
 * changes and nobody may delete it: an answer of last year still shows what was asked. Everyone who is signed in reads what is or
 * was active; a draft is its uploader's, who needs PRO to bring it in or put it away. Switching the active pack touches rows of
 * two uploaders: the system does it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPacks(db)
  await createQuestions(db)
  await createEvents(db)
  for (const table of ['content_packs', 'questions', 'content_pack_events']) {
    await sql`alter table ${sql.table(table)} enable row level security, force row level security`.execute(db)
    await sql`create policy system_rows on ${sql.table(table)} to parley_system using (true) with check (true)`.execute(
      db,
    )
    // The owner, who seeds the packs that come with the installation.
    await sql`create policy seeded_rows on ${sql.table(table)} to current_user using (true) with check (true)`.execute(
      db,
    )
  }
  await sql`create policy read on content_packs for select to parley_app using (
    (select parley_viewer_id()) is not null and (activated_at is not null or uploaded_by = (select parley_viewer_id())))`.execute(
    db,
  )
  await sql`create policy bring_in on content_packs for insert to parley_app
    with check (status = 'DRAFT' and uploaded_by = (select parley_viewer_id()) and ${isPro})`.execute(db)
  await sql`create policy put_away on content_packs for update to parley_app
    using (status = 'DRAFT' and uploaded_by = (select parley_viewer_id()) and ${isPro})
    with check (status = 'ARCHIVED' and activated_at is null and uploaded_by = (select parley_viewer_id()))`.execute(db)
  await sql`create policy read on questions for select to parley_app using (pack_id in (select id from content_packs))`.execute(
    db,
  )
  await sql`create policy bring_in on questions for insert to parley_app with check (${isPro} and exists (
    select from content_packs p where p.id = pack_id and p.status = 'DRAFT' and p.uploaded_by = (select parley_viewer_id())))`.execute(
    db,
  )
  await sql`create policy write_down on content_pack_events for insert to parley_app
    with check (user_id = (select parley_viewer_id()) and exists (
      select from content_packs p where p.id = pack_id and p.uploaded_by = (select parley_viewer_id())))`.execute(db)
}

/** Of the viewer's own row, the only one that policies on users let him see. */
const isPro = sql`exists (select from users u where u.id = (select parley_viewer_id()) and u.entitlement = 'PRO')`

async function createPacks(db: Kysely<unknown>): Promise<void> {
  await sql`create table content_packs (
    id uuid primary key,
    version text not null check (length(version) <= 60 and version ~ '^[0-9]+[.][0-9]+[.][0-9]+([-+][0-9A-Za-z.+-]+)?$'),
    name text not null check (length(name) between 1 and 120),
    description text check (length(description) between 1 and 1000),
    schema_version text not null default '1.0.0' check (schema_version ~ '^[0-9]+[.][0-9]+[.][0-9]+$'),
    content jsonb not null check (coalesce(jsonb_array_length(content #> '{metadata,categories}'), 0) = 7),
    status text not null default 'DRAFT' check (status in ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    uploaded_by uuid references users on delete set null,
    file_size int not null check (file_size between 1 and 1048576),
    checksum text not null check (checksum ~ '^[0-9a-f]{64}$'),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    activated_at timestamptz(3),
    unique (version, name),
    check (status <> 'ACTIVE' or activated_at is not null),
    check (status <> 'DRAFT' or activated_at is null)
  )`.execute(db)
  await sql`create unique index content_packs_one_active on content_packs (status) where status = 'ACTIVE'`.execute(db)
  await sql`create index content_packs_by_status on content_packs (status, created_at, id)`.execute(db)
  await sql`create index content_packs_by_uploader on content_packs (uploaded_by)`.execute(db)
  await sql`grant select, insert, update (status, updated_at) on content_packs to parley_app`.execute(db)
  await sql`grant select, insert, update (status, updated_at, activated_at) on content_packs to parley_system`.execute(
    db,
  )
}

async function createQuestions(db: Kysely<unknown>): Promise<void> {
  await sql`create table questions (
    id uuid primary key,
    pack_id uuid not null references content_packs on delete cascade,
    key text not null check (length(key) between 1 and 120),
    position int not null check (position >= 1),
    category text not null check (length(category) between 1 and 80),
    prompt text not null check (length(prompt) between 1 and 1000),
    expected_duration_seconds int not null check (expected_duration_seconds > 0),
    evaluation_criteria jsonb not null check (jsonb_array_length(evaluation_criteria) > 0),
    criteria_signals jsonb check (jsonb_array_length(criteria_signals) = jsonb_array_length(evaluation_criteria)),
    unique (pack_id, key),
    unique (pack_id, position)
  )`.execute(db)
  await sql`grant select, insert on questions to parley_app, parley_system`.execute(db)
}

/** Who did what to a pack; by null where it came with the installation, or its account is gone. */
async function createEvents(db: Kysely<unknown>): Promise<void> {
  await sql`create table content_pack_events (
    id uuid primary key,
    pack_id uuid not null references content_packs on delete cascade,
    user_id uuid references users on delete set null,
    type text not null check (type in ('UPLOADED', 'ACTIVATED', 'ARCHIVED')),
    at timestamptz(3) not null
  )`.execute(db)
  await sql`create index content_pack_events_of_pack on content_pack_events (pack_id, id)`.execute(db)
  await sql`create index content_pack_events_by_user on content_pack_events (user_id)`.execute(db)
  await sql`grant insert on content_pack_events to parley_app`.execute(db)
  await sql`grant select, insert on content_pack_events to parley_system`.execute(db)
}
