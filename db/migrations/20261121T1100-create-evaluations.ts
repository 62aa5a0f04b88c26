import { type Kysely, sql } from 'kysely'

/**
 * What scorers made of a session, one row a judgement and never changed, and where the newest stands, on the session itself.
 * Level, pace and range of words stand in columns of their own as well, for the charts over weeks.
 * `evaluation_round` rises whenever a judgement is asked for: whoever ends one can tell whether another is due already.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table evaluations (
    id uuid primary key,
    session_id uuid not null,
    user_id uuid not null,
    scorer text not null check (length(scorer) between 1 and 200),
    input_key text not null check (input_key ~ '^[0-9a-f]{64}$'),
    level text check (level in ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    level_range text[] not null,
    wpm double precision,
    mtld double precision,
    metrics jsonb not null,
    result jsonb not null,
    task_metrics jsonb not null default '{}',
    processing_ms int not null check (processing_ms >= 0),
    created_at timestamptz(3) not null,
    unique (session_id, input_key),
    unique (session_id, id),
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade
  )`.execute(db)
  await sql`alter table evaluations enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on evaluations to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on evaluations to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select on evaluations to parley_app`.execute(db)
  await sql`grant select, insert on evaluations to parley_system`.execute(db)
  await sql`alter table sessions
    add column evaluation_status text not null default 'NONE'
      check (evaluation_status in ('NONE', 'PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
    add column evaluation_failure jsonb,
    add column evaluation_id uuid,
    add column evaluation_round int not null default 0 check (evaluation_round >= 0),
    add column evaluation_requests int not null default 0 check (evaluation_requests >= 0),
    add constraint sessions_evaluation foreign key (id, evaluation_id) references evaluations (session_id, id),
    add check (evaluation_status <> 'COMPLETED' or evaluation_id is not null),
    add check ((evaluation_status = 'FAILED') = (evaluation_failure is not null))`.execute(db)
}
