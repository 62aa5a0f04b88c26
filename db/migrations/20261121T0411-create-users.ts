import { type Kysely, sql } from 'kysely'

/** Accounts and their sign-ins. Role, entitlement and password are out of `parley_app`'s reach: no grant, not only no policy. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table users (
    id uuid primary key,
    email text not null unique check (email = lower(email) and email like '%_@_%'),
    name text check (length(name) between 1 and 100),
    password_hash text not null,
    role text not null default 'LEARNER' check (role in ('LEARNER', 'ADMIN')),
    entitlement text not null check (entitlement in ('LOCKED', 'BASIC', 'PRO')),
    end_of_turn_pause_ms int check (end_of_turn_pause_ms between 500 and 5000),
    partner_speed real check (partner_speed between 0.75 and 1.0),
    voice text check (length(voice) between 1 and 60),
    level text check (level in ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    captions boolean not null default true,
    time_zone text not null default 'UTC' check (length(time_zone) between 1 and 60),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    last_login_at timestamptz(3)
  )`.execute(db)
  await sql`alter table users enable row level security, force row level security`.execute(db)
  await sql`create policy own_row on users to parley_app
    using (id = (select parley_viewer_id())) with check (id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on users to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select (id, email, name, role, entitlement, end_of_turn_pause_ms, partner_speed, voice, level, captions, time_zone,
    created_at, updated_at, last_login_at) on users to parley_app`.execute(db)
  await sql`grant update (name, end_of_turn_pause_ms, partner_speed, voice, level, captions, time_zone, updated_at)
    on users to parley_app`.execute(db)
  await sql`grant select, insert, update on users to parley_system`.execute(db)

  await sql`create table auth_sessions (
    id_hash text primary key,
    user_id uuid not null references users on delete cascade,
    expires_at timestamptz(3) not null,
    created_at timestamptz(3) not null default now()
  )`.execute(db)
  await sql`create index auth_sessions_user on auth_sessions (user_id)`.execute(db)
  await sql`alter table auth_sessions enable row level security, force row level security`.execute(db)
  await sql`create policy system_rows on auth_sessions to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select, insert, update, delete on auth_sessions to parley_system`.execute(db)
}
