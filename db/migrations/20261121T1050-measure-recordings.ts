import { type Kysely, sql } from 'kysely'

/**
 * What is measured of a recording's sound, and when its audio was deleted for its age. Levels and peaks lie in the store, beside
 * the audio. What is stored already is measured in time: the server looks for what was not.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recordings
    add column quality text not null default 'PENDING'
      check (quality in ('PENDING', 'GOOD', 'QUIET', 'CLIPPED', 'SILENT', 'MISSING')),
    add column measured_at timestamptz(3),
    add column measured_seconds double precision check (measured_seconds > 0),
    add column sample_rate int check (sample_rate > 0),
    add column channels int check (channels between 1 and 2),
    add column measurement_key text,
    add column measure_failure jsonb,
    add column measure_attempts int not null default 0 check (measure_attempts >= 0),
    add column pruned_at timestamptz(3),
    add check (num_nulls(measured_at, measured_seconds, sample_rate, channels, measurement_key) in (0, 5)),
    add check ((measured_at is null) = (quality in ('PENDING', 'MISSING'))),
    add check ((measure_failure is null) = (quality <> 'MISSING')),
    add check (measured_at is null or storage_key is not null),
    add check (pruned_at is null or storage_key is not null)`.execute(db)
  await sql`create index recordings_unmeasured on recordings (uploaded_at) where storage_key is not null and measured_at is null`.execute(
    db,
  )
  await sql`create index recordings_to_prune on recordings (uploaded_at) where storage_key is not null and pruned_at is null`.execute(
    db,
  )
  await sql`create index recordings_by_measurement_key on recordings (measurement_key) where measurement_key is not null`.execute(
    db,
  )
  await sql`grant update (quality, measured_at, measured_seconds, sample_rate, channels, measurement_key, measure_failure,
    measure_attempts, pruned_at) on recordings to parley_system`.execute(db)
}
