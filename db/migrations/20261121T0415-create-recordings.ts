import { type Kysely, sql } from 'kysely'

/** What is known of a session's audio; the audio itself lies in object storage. One part a row, one primary a session. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table recordings (
    id uuid primary key,
    session_id uuid not null,
    user_id uuid not null,
    part int not null check (part between 1 and 100),
    start_ms int not null check (start_ms >= 0),
    mime_type text not null check (length(mime_type) between 1 and 100),
    size_bytes int not null check (size_bytes between 1 and 67108864),
    duration_seconds double precision not null check (duration_seconds > 0 and duration_seconds <= 960),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    incoming_key text not null,
    storage_key text,
    is_primary boolean not null default false,
    uploaded_at timestamptz(3),
    created_at timestamptz(3) not null,
    unique (session_id, part),
    unique (session_id, id),
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade,
    check ((uploaded_at is null) = (storage_key is null)),
    check (uploaded_at is not null or not is_primary)
  )`.execute(db)
  await sql`create unique index recordings_one_primary on recordings (session_id) where is_primary`.execute(db)
  await sql`alter table sessions add constraint sessions_recording foreign key (id, recording_id) references recordings (session_id, id)`.execute(
    db,
  )
  await sql`alter table recordings enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on recordings to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on recordings to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select, insert, update on recordings to parley_app`.execute(db)
  await sql`grant select on recordings to parley_system`.execute(db)
}
