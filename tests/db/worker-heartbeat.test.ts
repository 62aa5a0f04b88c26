import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPool, type Pool } from '../../db/open-pool.ts'
import { deleteHeartbeats, unlockJobsOfTheDead, upsertHeartbeats } from '../../db/queries/worker-heartbeat.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const deadAfterMs = 30_000
let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool({ url: database.ownerUrl, maxConnections: 2 })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** A job that `worker` took some time ago and has not finished. */
async function lockedJob(worker: string, secondsAgo: number): Promise<string> {
  const { rows } = await pool.query(`select id from graphile_worker.add_job('finalize-transcript', '{}'::json)`)
  await pool.query(
    `update graphile_worker._private_jobs set locked_by = $2, locked_at = now() - $3 * interval '1 s' where id = $1`,
    [rows[0].id, worker, secondsAgo],
  )
  return rows[0].id
}

async function isLocked(job: string): Promise<boolean> {
  const { rows } = await pool.query('select locked_by from graphile_worker._private_jobs where id = $1', [job])
  return rows[0].locked_by !== null
}

it('frees what a worker had locked that died, and nothing that a live or a new worker has', async () => {
  const [ofDead, ofStranger, ofLive, ofNew] = [
    await lockedJob('dead', 120),
    await lockedJob('stranger', 120),
    await lockedJob('live', 120),
    await lockedJob('new', 5),
  ]
  await upsertHeartbeats(pool, ['dead', 'live'])
  await pool.query(`update worker_heartbeats set seen_at = now() - interval '31 s' where worker_id = 'dead'`)
  await unlockJobsOfTheDead(pool, deadAfterMs)
  expect(await Promise.all([ofDead, ofStranger, ofLive, ofNew].map(isLocked))).toEqual([false, false, true, true])
})

it('keeps a worker on the list until it stops or dies', async () => {
  const list = async (): Promise<string[]> =>
    (await pool.query('select worker_id from worker_heartbeats order by 1')).rows.map((row) => row.worker_id)
  await deleteHeartbeats(pool, await list())
  await upsertHeartbeats(pool, ['one', 'two'])
  await upsertHeartbeats(pool, ['two', 'three'])
  await deleteHeartbeats(pool, ['three'])
  expect(await list()).toEqual(['one', 'two'])
  await pool.query(`update worker_heartbeats set seen_at = now() - interval '1 min' where worker_id = 'one'`)
  await unlockJobsOfTheDead(pool, deadAfterMs)
  expect(await list()).toEqual(['two'])
})
