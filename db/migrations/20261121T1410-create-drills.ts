import { type Kysely, sql } from 'kysely'

/**
 * Sessions that are drills, each pinned to one question of one pack; the one answer of each; and their scores. Whoever has answered
 * a question goes on seeing it, whatever becomes of its pack.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await admitDrills(db)
  await createResponses(db)
  await admitScores(db)
}

async function admitDrills(db: Kysely<unknown>): Promise<void> {
  await sql`alter table questions add constraint questions_in_pack unique (id, pack_id)`.execute(db)
  await sql`alter table sessions
    drop constraint sessions_mode_check,
    add constraint sessions_mode_check check (mode in ('CONVERSATION', 'SPEAKING_TEST', 'DRILL')),
    alter column level drop not null,
    add column question_id uuid,
    add column content_pack_id uuid,
    add constraint sessions_question foreign key (question_id, content_pack_id) references questions (id, pack_id),
    add check ((mode = 'DRILL') = (question_id is not null)),
    add check ((mode = 'DRILL') = (content_pack_id is not null)),
    add check ((mode = 'DRILL') = (level is null))`.execute(db)
  await sql`create index sessions_by_question on sessions (user_id, question_id, started_at desc, id desc)
    where question_id is not null`.execute(db)
  await sql`create index sessions_by_pack on sessions (content_pack_id, user_id) where content_pack_id is not null`.execute(
    db,
  )
  await sql`create policy practised on content_packs for select to parley_app using (exists (
    select from sessions s where s.content_pack_id = content_packs.id and s.user_id = (select parley_viewer_id())))`.execute(
    db,
  )
}

async function createResponses(db: Kysely<unknown>): Promise<void> {
  await sql`create table drill_responses (
    id uuid primary key,
    session_id uuid not null unique,
    user_id uuid not null,
    content text check (length(content) between 1 and 20000),
    recording_id uuid,
    audio_duration_s double precision check (audio_duration_s > 0),
    word_count int check (word_count >= 0),
    created_at timestamptz(3) not null,
    check (num_nonnulls(content, recording_id) = 1),
    check ((recording_id is null) = (audio_duration_s is null)),
    check ((content is null) = (word_count is null)),
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade,
    foreign key (session_id, recording_id) references recordings (session_id, id)
  )`.execute(db)
  await sql`alter table drill_responses enable row level security, force row level security`.execute(db)
  await sql`create policy own_rows on drill_responses to parley_app
    using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
  await sql`create policy system_rows on drill_responses to parley_system using (true) with check (true)`.execute(db)
  await sql`grant select, insert on drill_responses to parley_app`.execute(db)
  await sql`grant select on drill_responses to parley_system`.execute(db)
}

/** A judgement with a score is one of a drill, and complete: every category, a few changes, one rule. */
async function admitScores(db: Kysely<unknown>): Promise<void> {
  await sql`alter table evaluations
    add column score int check (score between 0 and 100),
    add constraint evaluations_drill_is_whole check (score is null or coalesce(
      jsonb_array_length(result -> 'categories') = 7 and jsonb_array_length(result -> 'whatChanged') <= 3
        and result ->> 'practiceRule' <> '', false))`.execute(db)
}
