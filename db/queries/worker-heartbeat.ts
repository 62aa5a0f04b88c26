/** The job queue's workers and what they have locked. On the owner's connections: no role but the owner sees these tables. */
import type { Pool } from '../open-pool.ts'

/** Notes that these workers live. */
export async function upsertHeartbeats(pool: Pool, workerIds: readonly string[]): Promise<void> {
  await pool.query(
    `insert into worker_heartbeats (worker_id, seen_at) select unnest($1::text[]), now()
      on conflict (worker_id) do update set seen_at = excluded.seen_at`,
    [workerIds],
  )
}

/** Takes workers off the list, because they stopped as they should. */
export async function deleteHeartbeats(pool: Pool, workerIds: readonly string[]): Promise<void> {
  await pool.query('delete from worker_heartbeats where worker_id = any($1)', [workerIds])
}

/**
 * Unlocks the jobs and queues of workers that gave no sign of life for `deadAfterMs`, and forgets those workers. What was locked
 * less long ago may be of a worker that is about to give its first sign.
 */
export async function unlockJobsOfTheDead(pool: Pool, deadAfterMs: number): Promise<void> {
  await pool.query(
    `with alive as (
      select worker_id from worker_heartbeats where seen_at > now() - $1 * interval '1 ms'
    ), forgotten as (
      delete from worker_heartbeats where seen_at <= now() - $1 * interval '1 ms'
    ), locks as (
      select locked_by, locked_at from graphile_worker._private_jobs
      union all select locked_by, locked_at from graphile_worker._private_job_queues
    ), dead as (
      select distinct locked_by from locks
      where locked_at < now() - $1 * interval '1 ms' and locked_by not in (select worker_id from alive)
    )
    select graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0`,
    [deadAfterMs],
  )
}
