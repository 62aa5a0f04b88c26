/** A job that takes longer than a dead worker is waited for is done once: whoever does it gives signs of life. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { settled, storedRecordingId } from './a-recording.ts'
import { bareId, endedSessionId, lookUp } from './a-session.ts'
import { exported, WatchedStore } from './an-export.ts'
import { mutate } from './mutations.ts'

const store = new WatchedStore()
let installation: TestInstallation
beforeAll(async () => {
  installation = await startTestInstallation({ wrapBlobs: (blobs) => store.watch(blobs) })
})
afterAll(() => installation.close())

it('what a job is locked by is on the list of those that live', async () => {
  const client = await signUpClient(installation.url)
  const sessionId = await endedSessionId(client)
  await settled(client, await storedRecordingId(client, sessionId, Buffer.from('some audio')))
  const [reached, holding] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  store.beforeRead = () => {
    reached.resolve()
    return holding.promise
  }
  const asked = await mutate(client, 'exportData', { requestId: randomUUID() })
  await reached.promise
  const locks = await lookUp(
    installation,
    `select locked_by in (select worker_id from worker_heartbeats) as "isAlive" from graphile_worker._private_jobs where key = $1
      union all select locked_by in (select worker_id from worker_heartbeats) from graphile_worker._private_job_queues
      where locked_by is not null`,
    [`export-data:${bareId(asked.export.id)}`],
  )
  holding.resolve()
  expect(locks).toEqual([{ isAlive: true }, { isAlive: true }])
  expect((await exported(client, asked.export.id)).status).toBe('COMPLETED')
})
