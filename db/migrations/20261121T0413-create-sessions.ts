import { type Kysely, sql } from 'kysely'

/**
 * Sessions with the summary that lists need (counted by those who write), the secrets minted for their calls
 * (a hash and an expiry, never the value), and their events (never content).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createSessions(db)
  await createClientSecrets(db)
  await createSessionEvents(db)
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await sql`create table sessions (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    request_id uuid not null,
    request_input jsonb not null,
    mode text not null check (mode in ('CONVERSATION')),
    status text not null default 'ACTIVE' check (status in ('ACTIVE', 'ENDED', 'FAILED', 'ABANDONED')),
    privacy text not null default 'PRIVATE' check (privacy in ('PRIVATE')),
    topic_id uuid not null references topics,
    title text not null,
    level text not null check (level in ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    cap_seconds int not null check (cap_seconds between 1 and 900),
    started_at timestamptz(3) not null,
    last_seen_at timestamptz(3) not null,
    ended_at timestamptz(3) check (ended_at >= started_at),
    duration_seconds int check (duration_seconds between 0 and 900),
    end_reason text check (end_reason in ('COMPLETED', 'FAILED', 'ABANDONED')),
    failure jsonb,
    call_count int not null default 0 check (call_count >= 0),
    segment_count int not null default 0 check (segment_count >= 0),
    recording_id uuid,
    change_number int not null default 1,
    updated_at timestamptz(3) not null,
    unique (user_id, request_id),
    unique (id, user_id),
    check ((status = 'ACTIVE') = (ended_at is null)),
    check ((status = 'ACTIVE') = (end_reason is null)),
    check ((status = 'ACTIVE') = (duration_seconds is null))
  )`.execute(db)
  await sql`create index sessions_history on sessions (user_id, started_at desc, id desc)`.execute(db)
  await sql`create index sessions_active on sessions (last_seen_at) where status = 'ACTIVE'`.execute(db)
  await sql`create function sessions_keep_status() returns trigger language plpgsql as $$
    begin
      if old.status <> 'ACTIVE' and new.status <> old.status then
        raise exception 'a session that is % stays so', old.status using errcode = 'check_violation', constraint = 'sessions_keep_status';
      end if;
      return new;
    end $$`.execute(db)
  await sql`create trigger sessions_keep_status before update of status on sessions
    for each row execute function sessions_keep_status()`.execute(db)
  await protectByOwner(db, 'sessions')
  await sql`grant select, insert, update on sessions to parley_app`.execute(db)
  await sql`grant select, update on sessions to parley_system`.execute(db)
}

async function createClientSecrets(db: Kysely<unknown>): Promise<void> {
  await sql`create table client_secrets (
    id uuid primary key,
    session_id uuid not null,
    user_id uuid not null,
    call_number int not null check (call_number >= 1),
    value_hash text not null unique,
    expires_at timestamptz(3) not null,
    used_at timestamptz(3),
    provider_call_id text,
    hung_up_at timestamptz(3),
    created_at timestamptz(3) not null,
    unique (session_id, call_number),
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade
  )`.execute(db)
  await protectByOwner(db, 'client_secrets')
  await sql`grant select, insert, update on client_secrets to parley_app`.execute(db)
  await sql`grant select, update on client_secrets to parley_system`.execute(db)
}

async function createSessionEvents(db: Kysely<unknown>): Promise<void> {
  await sql`create table session_events (
    id uuid primary key,
    session_id uuid not null,
    user_id uuid not null,
    type text not null check (length(type) between 1 and 60),
    detail jsonb,
    at timestamptz(3) not null,
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade
  )`.execute(db)
  await sql`create index session_events_by_session on session_events (session_id, at, id)`.execute(db)
  await protectByOwner(db, 'session_events')
  await sql`grant select, insert on session_events to parley_app, parley_system`.execute(db)
}

async function protectByOwner(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`alter table ${sql.id(table)} enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on ${sql.id(table)} to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on ${sql.id(table)} to parley_system using (true) with check (true)`.execute(db)
}
