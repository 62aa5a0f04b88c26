/** A database that goes in the very moment in which a job is noted as done, or as failed. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { jobsOf, runNow } from './a-recording.ts'
import { lookUp } from './a-session.ts'

let installation: TestInstallation

beforeAll(async () => {
  installation = await startTestInstallation()
  // Counts on where a transaction is undone.
  await lookUp(installation, 'create sequence cuts')
  await lookUp(
    installation,
    `create function cut() returns trigger language plpgsql security definer as $$
      begin
        if nextval('public.cuts') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
        return coalesce(new, old);
      end $$`,
  )
})
afterAll(() => installation.close())

/** The next time that a job is changed like this, the connection on which it is done is cut; the next try comes through. */
async function cutOnceWhen(change: string): Promise<void> {
  await lookUp(installation, 'alter sequence cuts restart')
  await lookUp(installation, 'drop trigger if exists cut on graphile_worker._private_jobs')
  await lookUp(
    installation,
    `create trigger cut before ${change} on graphile_worker._private_jobs for each row execute function cut()`,
  )
}

async function tries(): Promise<number> {
  const [row] = await lookUp(installation, 'select last_value::int as tries from cuts')
  return row.tries
}

it('is done once, and noted so at the second try', async () => {
  await cutOnceWhen('delete')
  await runNow(installation, 'prune-recordings')
  expect(await tries()).toBe(2)
})

it('has failed once, is noted so at the second try, and waits for its next turn', async () => {
  await cutOnceWhen('update of last_error')
  await lookUp(installation, `select graphile_worker.add_job('measure-recording', '{}', job_key => 'nonsense')`)
  await expect.poll(() => jobsOf(installation, 'nonsense')).toEqual([{ attempts: 1 }])
  const isWaiting = `select last_error is not null and locked_at is null as "isWaiting" from graphile_worker._private_jobs where key = 'nonsense'`
  await expect.poll(() => lookUp(installation, isWaiting)).toEqual([{ isWaiting: true }])
  expect(await tries()).toBe(2)
})

it('closes a node that cannot take itself off the list of workers', async () => {
  const node = await installation.startNode()
  await lookUp(installation, 'alter table worker_heartbeats rename to worker_heartbeats_away')
  await node.close()
  await expect(fetch(node.url)).rejects.toThrow('fetch failed')
  await lookUp(installation, 'alter table worker_heartbeats_away rename to worker_heartbeats')
})
