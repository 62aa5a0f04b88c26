/** A job that takes longer than a dead worker is waited for is done once: whoever does it gives signs of life. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { storedRecordingId } from './a-recording.ts'
import { endedSessionId, lookUp } from './a-session.ts'

const reached = Promise.withResolvers<void>()
const holding = Promise.withResolvers<void>()
let installation: TestInstallation
beforeAll(async () => {
  installation = await startTestInstallation({
    wrapBlobs: (store) => ({
      ...store,
      async read(key) {
        reached.resolve()
        await holding.promise
        return store.read(key)
      },
    }),
  })
})
afterAll(async () => {
  holding.resolve()
  await installation.close()
})

it('what a job is locked by is on the list of those that live', async () => {
  const client = await signUpClient(installation.url)
  await storedRecordingId(client, await endedSessionId(client), Buffer.from('some audio'))
  await reached.promise
  const locks = await lookUp(
    installation,
    `select locked_by in (select worker_id from worker_heartbeats) as "isAlive" from graphile_worker._private_jobs
      where key like 'measure-recording:%' and locked_by is not null`,
    [],
  )
  expect(locks).toEqual([{ isAlive: true }])
})
