import { type Kysely, sql } from 'kysely'

/** Sets of tasks for speaking tests; the tasks of each test that was started, as they were worded then; and sessions that are tests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table test_sets (
    id uuid primary key,
    key text not null unique check (length(key) between 1 and 60),
    level text not null check (level in ('A2', 'B1', 'B2', 'C1')),
    title text not null,
    version int not null check (version >= 1),
    tasks jsonb not null,
    retired_at timestamptz(3),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  )`.execute(db)
  await sql`grant select on test_sets to parley_app, parley_system`.execute(db)
  await admitTests(db)
  await createTasks(db)
}

async function admitTests(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions
    drop constraint sessions_mode_check,
    add constraint sessions_mode_check check (mode in ('CONVERSATION', 'SPEAKING_TEST')),
    alter column topic_id drop not null,
    add column test_set_id uuid references test_sets,
    add check ((mode = 'CONVERSATION') = (topic_id is not null)),
    add check ((mode = 'SPEAKING_TEST') = (test_set_id is not null))`.execute(db)
}

async function createTasks(db: Kysely<unknown>): Promise<void> {
  await sql`create table test_tasks (
    id uuid primary key,
    session_id uuid not null,
    user_id uuid not null,
    index int not null check (index >= 1),
    kind text not null check (kind in ('WARM_UP', 'LONG_TURN', 'PICTURE', 'DISCUSSION')),
    prompt text not null,
    image_url text,
    image_alt text,
    prepare_seconds int not null check (prepare_seconds >= 0),
    speak_seconds int not null check (speak_seconds > 0),
    status text not null default 'TODO' check (status in ('TODO', 'DONE', 'SKIPPED')),
    unique (session_id, index),
    unique (session_id, id),
    check ((image_url is null) = (image_alt is null)),
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade
  )`.execute(db)
  await sql`alter table test_tasks enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on test_tasks to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on test_tasks to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select, insert, update on test_tasks to parley_app`.execute(db)
  await sql`grant select, update on test_tasks to parley_system`.execute(db)
  await sql`alter table recordings
    add column task_id uuid,
    add constraint recordings_task foreign key (session_id, task_id) references test_tasks (session_id, id)`.execute(db)
  await sql`create unique index recordings_one_per_task on recordings (task_id) where task_id is not null`.execute(db)
  await sql`alter table segments
    add constraint segments_task foreign key (session_id, task_id) references test_tasks (session_id, id)`.execute(db)
}
