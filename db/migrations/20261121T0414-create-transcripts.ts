import { type Kysely, sql } from 'kysely'

/**
 * Transcripts and their segments. What SQL can hold, it holds: no gap in the order and no overlap of one speaker
 * (checked at commit, so that a late item may shift the rest), a final that stays as it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table transcripts (
    session_id uuid primary key,
    user_id uuid not null,
    revision int not null default 0 check (revision >= 0),
    finalized_at timestamptz(3),
    pending_segments int not null default 0 check (pending_segments >= 0),
    language text,
    provider text,
    model text,
    foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade,
    unique (session_id, user_id)
  )`.execute(db)
  await sql`create table segments (
    session_id uuid not null,
    user_id uuid not null,
    item_id text not null check (length(item_id) between 1 and 200),
    call_number int not null check (call_number >= 1),
    previous_item_id text check (length(previous_item_id) between 1 and 200),
    sequence int not null check (sequence >= 1),
    source text not null check (source in ('PROVIDER', 'MATCHED', 'RECOGNISED', 'TYPED', 'ALIGNED')),
    task_id uuid,
    speaker text not null check (speaker in ('LEARNER', 'PARTNER')),
    text text not null check (length(text) between 1 and 20000),
    start_ms int not null check (start_ms >= 0),
    end_ms int not null check (end_ms >= start_ms),
    received_start_ms int not null check (received_start_ms >= 0),
    received_end_ms int not null,
    final boolean not null,
    interrupted boolean not null,
    revision int not null check (revision >= 1),
    primary key (session_id, item_id),
    constraint segments_sequence_unique unique (session_id, sequence) deferrable initially deferred,
    foreign key (session_id, user_id) references transcripts (session_id, user_id) on delete cascade
  )`.execute(db)
  await sql`create index segments_by_revision on segments (session_id, revision)`.execute(db)
  await sql`create index segments_by_speaker on segments (session_id, speaker, sequence)`.execute(db)
  await holdFinals(db)
  await holdOrder(db)
  for (const table of ['transcripts', 'segments']) {
    await sql`alter table ${sql.id(table)} enable row level security, force row level security`.execute(db)
    await sql`create policy own_rows on ${sql.id(table)} to parley_app
      using (user_id = (select parley_viewer_id())) with check (user_id = (select parley_viewer_id()))`.execute(db)
    await sql`create policy system_rows on ${sql.id(table)} to parley_system using (true) with check (true)`.execute(db)
    await sql`grant select, insert, update on ${sql.id(table)} to parley_app`.execute(db)
    await sql`grant select, update on ${sql.id(table)} to parley_system`.execute(db)
  }
}

async function holdFinals(db: Kysely<unknown>): Promise<void> {
  await sql`create function segments_keep_finals() returns trigger language plpgsql as $$
    begin
      if old.final and (new.final, new.text, new.speaker, new.interrupted, new.source)
          is distinct from (old.final, old.text, old.speaker, old.interrupted, old.source) then
        raise exception 'a final segment stays as it is' using errcode = 'check_violation', constraint = 'segments_keep_finals';
      end if;
      return new;
    end $$`.execute(db)
  await sql`create trigger segments_keep_finals before update on segments
    for each row execute function segments_keep_finals()`.execute(db)
}

/** Looks at a changed row's neighbours only: by induction that holds the whole order, at the cost of two index look-ups a row. */
async function holdOrder(db: Kysely<unknown>): Promise<void> {
  await sql`create function segments_hold_order() returns trigger language plpgsql as $$
    declare
      place int := case when tg_op = 'DELETE' then old.sequence else new.sequence end;
      sid uuid := case when tg_op = 'DELETE' then old.session_id else new.session_id end;
      here segments%rowtype;
    begin
      select * into here from segments where session_id = sid and sequence = place;
      if found then
        if place > 1 and not exists (select from segments where session_id = sid and sequence = place - 1) then
          raise exception 'segments have a gap before %', place using errcode = 'check_violation', constraint = 'segments_hold_order';
        end if;
        if exists (select from (select end_ms from segments where session_id = sid and speaker = here.speaker and sequence < place
              order by sequence desc limit 1) earlier where earlier.end_ms > here.start_ms)
          or exists (select from (select start_ms from segments where session_id = sid and speaker = here.speaker and sequence > place
              order by sequence limit 1) later where later.start_ms < here.end_ms) then
          raise exception 'segments of one speaker overlap at %', place using errcode = 'check_violation', constraint = 'segments_hold_order';
        end if;
      end if;
      if tg_op <> 'INSERT' and not exists (select from segments where session_id = sid and sequence = old.sequence)
        and exists (select from segments where session_id = sid and sequence > old.sequence) then
        raise exception 'segments have a gap at %', old.sequence using errcode = 'check_violation', constraint = 'segments_hold_order';
      end if;
      return null;
    end $$`.execute(db)
  await sql`create constraint trigger segments_hold_order_of_insert_delete after insert or delete on segments
    deferrable initially deferred for each row execute function segments_hold_order()`.execute(db)
  await sql`create constraint trigger segments_hold_order_of_update after update of sequence, start_ms, end_ms, speaker on segments
    deferrable initially deferred for each row execute function segments_hold_order()`.execute(db)
}
