/** What the server puts right by itself: uploads nobody completed, lost jobs, objects nobody needs, recordings that are gone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { runNow } from './a-recording.ts'
import {
  announce,
  bareId,
  createTestClock,
  endedSessionId,
  lookUp,
  startedSessionId,
  upload,
  uploadedRecordingId,
} from './a-session.ts'
import { mutate } from './mutations.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
let time: ReturnType<typeof createTestClock>
let installation: TestInstallation
let client: GraphqlClient

// The store keeps its own time, which is the real one: each test begins there.
beforeEach(async () => {
  time = createTestClock()
  installation = await startTestInstallation({ over: { clock: time.clock } })
  client = await signUpClient(installation.url)
})
afterEach(() => installation.close())

async function recording(sessionId: string): Promise<{ uploadedAt: string | null; url: string | null } | undefined> {
  const { session } = await client.ask(`query ($id: ID!) { session(id: $id) { recordings { uploadedAt url } } }`, {
    id: sessionId,
  })
  return session.recordings[0]
}

async function events(sessionId: string): Promise<string[]> {
  const rows = await lookUp(installation, 'select type from session_events where session_id = $1 order by at, id', [
    bareId(sessionId),
  ])
  return rows.map(({ type }) => type)
}

describe('an upload that its browser did not live to complete', () => {
  it('is completed once it has lain there for a while', async () => {
    const sessionId = await endedSessionId(client)
    await uploadedRecordingId(client, sessionId)
    await runNow(installation, 'recover-lost-work')
    expect(await recording(sessionId)).toEqual({ uploadedAt: null, url: null })
    time.advance(6 * minuteMs)
    await runNow(installation, 'recover-lost-work')
    const { url } = (await recording(sessionId)) ?? {}
    expect(await (await fetch(new URL(url ?? '', installation.url))).text()).toBe('some audio')
    expect(await events(sessionId)).toContain('record_stop')
  })

  it('is completed although a hundred that were announced before never came', async () => {
    const dead = await mutate(client, 'presignRecording', {
      input: announce(await endedSessionId(client), 'never sent'),
    })
    await lookUp(
      installation,
      `insert into recordings (id, session_id, user_id, part, start_ms, mime_type, size_bytes, duration_seconds, sha256, incoming_key, created_at)
        select gen_random_uuid(), session_id, user_id, other, start_ms, mime_type, size_bytes, duration_seconds, sha256, incoming_key || other, created_at
        from recordings cross join generate_series(2, 100) other where id = $1`,
      [bareId(dead.recording.id)],
    )
    time.advance(minuteMs)
    const sessionId = await endedSessionId(client)
    await uploadedRecordingId(client, sessionId)
    time.advance(6 * minuteMs)
    await runNow(installation, 'recover-lost-work')
    expect((await recording(sessionId))?.uploadedAt).not.toBeNull()
  })

  it('is completed where it came days after it was announced first', async () => {
    const sessionId = await endedSessionId(client)
    await mutate(client, 'presignRecording', { input: announce(sessionId, 'never sent') })
    time.advance(5 * dayMs)
    await uploadedRecordingId(client, sessionId)
    await runNow(installation, 'recover-lost-work')
    expect((await recording(sessionId))?.uploadedAt).toBeNull()
    time.advance(6 * minuteMs)
    await runNow(installation, 'recover-lost-work')
    expect((await recording(sessionId))?.uploadedAt).not.toBeNull()
  })

  it('stays open when other bytes came than were announced, or none', async () => {
    const sessionId = await endedSessionId(client)
    await mutate(client, 'presignRecording', { input: announce(sessionId, 'never sent') })
    time.advance(6 * minuteMs)
    await runNow(installation, 'recover-lost-work')
    expect(await recording(sessionId)).toEqual({ uploadedAt: null, url: null })
  })
})

describe('a transcript whose own job was lost', () => {
  it('is closed, with the text of its open partials', async () => {
    const sessionId = await startedSessionId(client)
    const segment = segmentInput('a', { text: 'I was saying', final: false })
    await mutate(client, 'appendSegments', { input: { sessionId, segments: [segment] } })
    await mutate(client, 'endSession', { input: { sessionId } })
    await lookUp(installation, `select graphile_worker.remove_job($1)`, [`finalize-transcript:${bareId(sessionId)}`])
    time.advance(10 * minuteMs)
    await runNow(installation, 'recover-lost-work')
    expect(await events(sessionId)).not.toContain('transcript_finalized')
    time.advance(7 * minuteMs)
    await runNow(installation, 'recover-lost-work')
    expect(await events(sessionId)).toContain('transcript_finalized')
  })

  it('is left open for the 30 days in which a browser may deliver what it announced', async () => {
    const sessionId = await startedSessionId(client)
    await mutate(client, 'endSession', { input: { sessionId, pendingSegments: 2 } })
    await lookUp(installation, `select graphile_worker.remove_job($1)`, [`finalize-transcript:${bareId(sessionId)}`])
    time.advance(29 * dayMs)
    await runNow(installation, 'recover-lost-work')
    expect(await events(sessionId)).not.toContain('transcript_finalized')
    time.advance(1 * dayMs + 20 * minuteMs)
    await runNow(installation, 'recover-lost-work')
    expect(await events(sessionId)).toContain('transcript_finalized')
  })
})

describe('the store', () => {
  it('is rid of what no recording needs once it is a day old, and of nothing else', async () => {
    const sessionId = await endedSessionId(client)
    const awaited = await mutate(client, 'presignRecording', { input: announce(sessionId, 'awaited', { part: 2 }) })
    await upload(installation.url, awaited, 'awaited')
    const recordingId = await uploadedRecordingId(client, sessionId)
    await mutate(client, 'completeRecording', { recordingId })
    const { key } = await keyOf(recordingId)
    const forgotten = ['recordings/forgotten/a', 'incoming/forgotten/b', 'measurements/forgotten/c']
    for (const each of forgotten) await installation.blobs.copy(key, each)
    await runNow(installation, 'sweep-store')
    expect(await present(...forgotten)).toEqual([true, true, true])
    time.advance(dayMs + minuteMs)
    await runNow(installation, 'sweep-store')
    expect(await present(...forgotten)).toEqual([false, false, false])
    const incoming = await lookUp(installation, 'select incoming_key from recordings where id = $1', [
      bareId(awaited.recording.id),
    ])
    expect(await present(key, incoming[0].incoming_key)).toEqual([true, true])
  })

  it('that lost a recording is noticed, told once, and believed again when it is back', async () => {
    const sessionId = await endedSessionId(client)
    const recordingId = await uploadedRecordingId(client, sessionId)
    await mutate(client, 'completeRecording', { recordingId })
    const { key } = await keyOf(recordingId)
    const away = 'elsewhere/away'
    await installation.blobs.copy(key, away)
    await installation.blobs.delete(key)
    time.advance(dayMs - minuteMs)
    await runNow(installation, 'sweep-store')
    expect((await recording(sessionId))?.url).not.toBeNull()
    time.advance(2 * minuteMs)
    const log = installation.logs.length
    await runNow(installation, 'sweep-store')
    await runNow(installation, 'sweep-store')
    expect((await recording(sessionId))?.url).toBeNull()
    expect((await events(sessionId)).filter((type) => type === 'recording_lost')).toHaveLength(1)
    expect(installation.logs.slice(log).filter((line) => line.includes('lost a recording'))).toHaveLength(1)
    await installation.blobs.copy(away, key)
    time.advance(8 * dayMs)
    await runNow(installation, 'sweep-store')
    expect((await recording(sessionId))?.url).not.toBeNull()
    expect(await events(sessionId)).toContain('recording_found')
  })
})

it('forgets sign-ins and unused secrets a day after they ran out', async () => {
  const sessionId = await startedSessionId(client)
  const count = async (): Promise<{ signIns: number; secrets: number }> => {
    const [row] = await lookUp(
      installation,
      `select (select count(*)::int from auth_sessions where expires_at < $2) "signIns",
        (select count(*)::int from client_secrets where session_id = $1) "secrets"`,
      [bareId(sessionId), time.clock()],
    )
    return row
  }
  expect((await count()).secrets).toBe(1)
  time.advance(60 * dayMs)
  expect((await count()).signIns).toBeGreaterThan(0)
  await runNow(installation, 'sweep-store')
  expect(await count()).toEqual({ signIns: 0, secrets: 0 })
})

async function keyOf(recordingId: string): Promise<{ key: string }> {
  const [row] = await lookUp(installation, 'select storage_key as key from recordings where id = $1', [
    bareId(recordingId),
  ])
  return row
}

function present(...keys: string[]): Promise<boolean[]> {
  return Promise.all(keys.map(async (key) => (await installation.blobs.head(key)) !== null))
}
