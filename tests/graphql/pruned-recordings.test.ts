/** Audio that is older than an installation keeps it: what goes, what stays, and what is said of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { eventsOf, look, rowOf, runNow, settled, storedRecordingId } from './a-recording.ts'
import { createTestClock, endedSessionId } from './a-session.ts'

const dayMs = 24 * 3_600_000
let time: ReturnType<typeof createTestClock>
let installation: TestInstallation
let client: GraphqlClient
let sessionId: string
let recordingId: string

async function open(env: Record<string, string>): Promise<void> {
  installation = await startTestInstallation({ env, over: { clock: time.clock } })
  client = await signUpClient(installation.url)
  sessionId = await endedSessionId(client)
  recordingId = await storedRecordingId(client, sessionId, await makeSoundingRecording(...speakFor('plain', 2)))
  await settled(client, recordingId)
}

beforeEach(() => {
  time = createTestClock()
})
afterEach(() => installation.close())

async function isStored(key: 'storage_key' | 'measurement_key'): Promise<boolean> {
  return (await installation.blobs.head((await rowOf(installation, recordingId))[key] as string)) !== null
}

async function hasAudio(): Promise<boolean> {
  return (await client.ask(`query ($id: ID!) { session(id: $id) { hasAudio } }`, { id: sessionId })).session.hasAudio
}

async function keepDays(): Promise<number | null> {
  return (await client.ask(`{ installation { recordingsKeepDays } }`)).installation.recordingsKeepDays
}

describe('kept for two days', () => {
  beforeEach(() => open({ RECORDINGS_KEEP_DAYS: '2' }))

  it('the audio stays until then', async () => {
    time.advance(2 * dayMs)
    await runNow(installation, 'prune-recordings')
    expect(await look(client, recordingId)).toMatchObject({ prunedAt: null, url: expect.any(String) })
    expect([await isStored('storage_key'), await hasAudio(), await keepDays()]).toEqual([true, true, 2])
  })

  it('then it goes, and what is known of it stays', async () => {
    const before = await look(client, recordingId)
    time.advance(2 * dayMs + 1)
    await runNow(installation, 'prune-recordings')
    const prunedAt = time.clock().toISOString()
    expect(await look(client, recordingId)).toEqual({ ...before, url: null, prunedAt })
    expect(before).toMatchObject({ quality: 'GOOD', durationSeconds: 2, peaks: expect.any(Array) })
    expect([await isStored('storage_key'), await isStored('measurement_key'), await hasAudio()]).toEqual([
      false,
      true,
      false,
    ])
  })

  it('it goes once, and is logged once', async () => {
    time.advance(3 * dayMs)
    await runNow(installation, 'prune-recordings')
    const { prunedAt } = await look(client, recordingId)
    time.advance(dayMs)
    await runNow(installation, 'prune-recordings')
    expect((await look(client, recordingId)).prunedAt).toBe(prunedAt)
    expect(await eventsOf(client, sessionId, 'prune')).toEqual([{ type: 'prune', detail: { part: 1, keepDays: 2 } }])
  })

  it('what was killed between the store and the database is brought to its end', async () => {
    await installation.blobs.delete((await rowOf(installation, recordingId))['storage_key'] as string)
    time.advance(3 * dayMs)
    await runNow(installation, 'sweep-store')
    expect(await look(client, recordingId)).toMatchObject({ quality: 'MISSING', prunedAt: null })
    await runNow(installation, 'prune-recordings')
    expect(await look(client, recordingId)).toMatchObject({ quality: 'GOOD', prunedAt: expect.any(String) })
  })

  it('the store is not said to have lost it, and keeps nothing of it that comes back', async () => {
    const key = (await rowOf(installation, recordingId))['storage_key'] as string
    await installation.blobs.copy(key, 'elsewhere/away')
    time.advance(3 * dayMs)
    await runNow(installation, 'prune-recordings')
    await installation.blobs.copy('elsewhere/away', key)
    time.advance(8 * dayMs)
    await runNow(installation, 'sweep-store')
    expect(await isStored('storage_key')).toBe(false)
    expect(await isStored('measurement_key')).toBe(true)
    expect(await eventsOf(client, sessionId, 'recording_lost')).toEqual([])
    expect((await look(client, recordingId)).quality).toBe('GOOD')
  })
})

it('without a setting the audio is kept for ever', async () => {
  await open({})
  time.advance(20 * dayMs)
  await runNow(installation, 'prune-recordings')
  expect([await isStored('storage_key'), await keepDays()]).toEqual([true, null])
})
