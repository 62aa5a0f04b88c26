/** Recordings that cannot be measured, or not yet: why, how often it is tried, and what brings them back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BlobStore, BlobStoreUnavailableError } from '../../server/storage/blob-store.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSilentRecording } from '../support/silent-recording.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { eventsOf, jobsOf, look, measureKey, rowOf, runNow, settled, storedRecordingId } from './a-recording.ts'
import { bareId, endedSessionId, lookUp } from './a-session.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Real time, that goes on faster where a test says so. */
let aheadMs = 0
let installation: TestInstallation
let client: GraphqlClient
/** The store is away for the server, for keys that begin so. */
let awayPrefix: string | null = null

beforeAll(async () => {
  const clock = (): Date => new Date(Date.now() + aheadMs)
  installation = await startTestInstallation({ over: { clock }, wrapBlobs: leave })
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

function leave(store: BlobStore): BlobStore {
  const assertHere = (key: string): void => {
    if (awayPrefix !== null && key.startsWith(awayPrefix))
      throw new BlobStoreUnavailableError('be reached', new Error('connection refused'))
  }
  return new Proxy(store, {
    get(target, name, receiver) {
      if (name !== 'read' && name !== 'put') return Reflect.get(target, name, receiver) as unknown
      return async (key: string, content: Uint8Array, mimeType: string) => {
        assertHere(key)
        return name === 'read' ? target.read(key) : target.put(key, content, mimeType)
      }
    },
  })
}

/** What the queue would do after a pause, at once. */
async function skipPauses(recordingId: string): Promise<void> {
  const key = measureKey(recordingId)
  const isOver = async (): Promise<boolean> => {
    const update = `update graphile_worker._private_jobs set run_at = now() where key = $1 and locked_at is null returning id`
    await lookUp(installation, update, [key])
    return (await jobsOf(installation, key)).length === 0
  }
  await expect.poll(isOver, { timeout: 50_000, interval: 100 }).toBe(true)
}

describe('a recording that cannot be measured', () => {
  it('because it is no audio is MISSING with a reason, after one try', async () => {
    const sessionId = await endedSessionId(client)
    const recordingId = await storedRecordingId(client, sessionId, Buffer.from('this is no audio at all'))
    expect(await settled(client, recordingId)).toMatchObject({ quality: 'MISSING', peaks: null, sampleRate: null })
    expect(await rowOf(installation, recordingId)).toMatchObject({
      measure_failure: { code: 'NOT_AUDIO', message: expect.stringContaining('no audio'), retryable: false },
      measure_attempts: 1,
      measured_at: null,
    })
    await expect.poll(() => jobsOf(installation, measureKey(recordingId))).toEqual([])
    expect(await eventsOf(client, sessionId, 'measure')).toEqual([
      { type: 'measure', detail: { part: 1, code: 'NOT_AUDIO' } },
    ])
    // It can still be listened to, by whoever can.
    expect((await look(client, recordingId)).url).not.toBeNull()
  })

  it('because the store has lost it is MISSING, and is measured when it is found again', async () => {
    awayPrefix = 'recordings/'
    const recordingId = await storedRecordingId(
      client,
      await endedSessionId(client),
      await makeSoundingRecording(...speakFor('plain', 2)),
    )
    const key = (await rowOf(installation, recordingId))['storage_key'] as string
    await installation.blobs.copy(key, 'elsewhere/away')
    await installation.blobs.delete(key)
    awayPrefix = null
    await skipPauses(recordingId)
    expect(await rowOf(installation, recordingId)).toMatchObject({
      quality: 'MISSING',
      measure_failure: { code: 'RECORDING_GONE' },
    })
    aheadMs += 25 * hourMs
    await runNow(installation, 'sweep-store')
    await installation.blobs.copy('elsewhere/away', key)
    aheadMs += 8 * 24 * hourMs
    await runNow(installation, 'sweep-store')
    aheadMs = 0
    await lookUp(installation, `update graphile_worker._private_jobs set run_at = now() where key = $1`, [
      measureKey(recordingId),
    ])
    expect(await settled(client, recordingId)).toMatchObject({ quality: 'GOOD' })
  })

  it.each(['recordings/', 'measurements/'])(
    'because the store is away for %s is tried six times, told of, and measured once the store is back',
    async (prefix) => {
      const sessionId = await endedSessionId(client)
      awayPrefix = prefix
      const recordingId = await storedRecordingId(
        client,
        sessionId,
        await makeSoundingRecording(...speakFor('plain', 2)),
      )
      await expect.poll(async () => (await rowOf(installation, recordingId))['measure_attempts']).toBeGreaterThan(0)
      expect(await look(client, recordingId)).toMatchObject({ quality: 'PENDING', peaks: null })
      await skipPauses(recordingId)
      expect(await rowOf(installation, recordingId)).toMatchObject({
        quality: 'MISSING',
        measure_attempts: 6,
        measure_failure: { code: 'STORAGE_UNAVAILABLE', retryable: true, at: expect.any(String) },
      })
      awayPrefix = null
      aheadMs = 61 * minuteMs
      await runNow(installation, 'recover-lost-work')
      aheadMs = 0
      await skipPauses(recordingId)
      expect(await look(client, recordingId)).toMatchObject({ quality: 'GOOD', channels: 2 })
      expect(
        (await eventsOf(client, sessionId, 'measure')).map(({ detail }) => detail['code'] ?? detail['quality']),
      ).toEqual(['STORAGE_UNAVAILABLE', 'GOOD'])
    },
  )

  it('because no try lived to say why is given up', async () => {
    awayPrefix = 'recordings/'
    const recordingId = await storedRecordingId(client, await endedSessionId(client), await makeSilentRecording(1))
    await lookUp(installation, 'update recordings set measure_attempts = 6 where id = $1', [bareId(recordingId)])
    await skipPauses(recordingId)
    awayPrefix = null
    expect(await rowOf(installation, recordingId)).toMatchObject({
      quality: 'MISSING',
      measure_failure: { code: 'MEASURING_FAILED' },
    })
  })
})

it('a recording whose job was lost is measured an hour later', async () => {
  awayPrefix = 'recordings/'
  const recordingId = await storedRecordingId(client, await endedSessionId(client), await makeSilentRecording(1))
  await expect.poll(async () => (await rowOf(installation, recordingId))['measure_attempts']).toBe(1)
  const key = measureKey(recordingId)
  await expect
    .poll(() =>
      lookUp(installation, `select graphile_worker.remove_job($1)`, [key]).then(() => jobsOf(installation, key)),
    )
    .toEqual([])
  awayPrefix = null
  await runNow(installation, 'recover-lost-work')
  expect(await jobsOf(installation, key)).toEqual([])
  aheadMs = 61 * minuteMs
  await runNow(installation, 'recover-lost-work')
  aheadMs = 0
  await skipPauses(recordingId)
  expect((await look(client, recordingId)).quality).toBe('SILENT')
})
