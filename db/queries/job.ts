import { sql } from 'kysely'
import type { Tx } from '../client.ts'

/** Adds a job in the caller's transaction. A job of the same key that has not started is replaced. Jobs of one queue run one after another. */
export async function insertJob(
  tx: Tx,
  job: { task: string; payload: unknown; runAt: Date; key: string; queue?: string },
): Promise<void> {
  await sql`select enqueue_job(${job.task}, ${JSON.stringify(job.payload)}::json, ${job.runAt}, ${job.key},
    ${job.queue ?? null})`.execute(tx)
}

/** Takes jobs out of the queue, in the caller's transaction. One that runs goes on, and is not tried again. */
export async function deleteJobs(tx: Tx, keys: readonly string[]): Promise<void> {
  await sql`select forget_jobs(${keys}::text[])`.execute(tx)
}
