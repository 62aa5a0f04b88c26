/** A recording from its announcement to its first play. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { announce, bareId, createTestClock, endedSessionId, lookUp, upload, uploadedRecordingId } from './a-session.ts'
import { mutate } from './mutations.ts'

const dayMs = 24 * 3_600_000
const time = createTestClock()
let installation: TestInstallation
let client: GraphqlClient
let sessionId: string

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  sessionId = await endedSessionId(client)
})
afterAll(() => installation.close())

// oxlint-disable-next-line typescript/no-explicit-any
function presign(content: string, over: Record<string, unknown> = {}): Promise<any> {
  return mutate(client, 'presignRecording', { input: announce(sessionId, content, over) })
}

// oxlint-disable-next-line typescript/no-explicit-any
function complete(recordingId: string): Promise<any> {
  return mutate(client, 'completeRecording', { recordingId })
}

async function incomingKey(recordingId: string): Promise<string> {
  const [row] = await lookUp(installation, 'select incoming_key from recordings where id = $1', [bareId(recordingId)])
  return row.incoming_key
}

describe('announced', () => {
  it('again it is the same recording, with a fresh address', async () => {
    const [first, again] = [await presign('audio'), await presign('audio')]
    expect(again.recording).toEqual(first.recording)
    expect((await upload(installation.url, again, 'audio')).ok).toBe(true)
    expect(await complete(first.recording.id)).toMatchObject({ __typename: 'CompleteRecordingPayload' })
  })

  it('anew with other bytes before it is verified, only the new ones count', async () => {
    const first = await presign('first audio')
    await upload(installation.url, first, 'first audio')
    const second = await presign('second audio!')
    expect(second.recording).toMatchObject({ id: first.recording.id, sizeBytes: 13 })
    expect(await complete(first.recording.id)).toMatchObject({ __typename: 'UploadMismatchFault', actual: 'nothing' })
    await upload(installation.url, second, 'second audio!')
    expect(await complete(first.recording.id)).toMatchObject({ recording: { sizeBytes: 13 } })
  })

  it('within 30 days of the end it is taken, and later it is a conflict', async () => {
    time.advance(30 * dayMs)
    expect(await presign('audio')).toMatchObject({ __typename: 'PresignRecordingPayload' })
    time.advance(1)
    expect(await presign('audio', { part: 2 })).toMatchObject({
      __typename: 'ConflictFault',
      message: expect.stringContaining('30 days'),
    })
    time.advance(-30 * dayMs - 1)
  })

  it('it is listed, but is no audio yet and cannot be played', async () => {
    await presign('audio')
    const { session } = await client.ask(
      `query ($id: ID!) { session(id: $id) { hasAudio recording { id } recordings { url uploadedAt isPrimary } } }`,
      {
        id: sessionId,
      },
    )
    expect(session).toEqual({
      hasAudio: false,
      recording: null,
      recordings: [{ url: null, uploadedAt: null, isPrimary: false }],
    })
  })
})

describe('completed', () => {
  it('twice it answers the same, with one event', async () => {
    const recordingId = await uploadedRecordingId(client, sessionId)
    const [first, second] = [await complete(recordingId), await complete(recordingId)]
    expect(first).toMatchObject({
      session: { hasAudio: true },
      recording: { id: recordingId, isPrimary: true, uploadedAt: expect.any(String) },
    })
    expect({ ...second.recording, url: null }).toEqual({ ...first.recording, url: null })
    const events = await lookUp(
      installation,
      `select from session_events where session_id = $1 and type = 'record_stop'`,
      [bareId(sessionId)],
    )
    expect(events).toHaveLength(1)
  })

  it('the same announcement again is answered, other content is a conflict', async () => {
    await complete(await uploadedRecordingId(client, sessionId, 'some audio'))
    expect(await presign('some audio')).toMatchObject({ recording: { uploadedAt: expect.any(String) } })
    expect(await presign('other audio')).toMatchObject({ __typename: 'ConflictFault' })
  })

  it('a second part joins the first, which stays the primary one', async () => {
    await complete(await uploadedRecordingId(client, sessionId))
    const second = await presign('more audio', { part: 2, startMs: 5_000 })
    await upload(installation.url, second, 'more audio')
    const done = await complete(second.recording.id)
    expect(done).toMatchObject({ recording: { part: 2, isPrimary: false }, session: { hasAudio: true } })
    expect(done.session.recording.id).not.toBe(second.recording.id)
  })

  it('an upload that comes afterwards by the old address changes nothing', async () => {
    const presigned = await presign('the one audio')
    await upload(installation.url, presigned, 'the one audio')
    const done = await complete(presigned.recording.id)
    await upload(installation.url, presigned, 'the one audio')
    const played = await fetch(new URL(done.recording.url, installation.url))
    expect(await played.text()).toBe('the one audio')
  })
})

describe('checked against the announcement, refused and taken once it is right', () => {
  it.each([
    ['size', 'longer than announced', 'audio/webm;codecs=opus', /bytes$/],
    ['sum', 'oudio', 'audio/webm;codecs=opus', /^sha256 [0-9a-f]{64}$/],
    ['type', 'audio', 'audio/ogg', /^audio\//],
  ])('by its %s', async (_what, content, mimeType, shape) => {
    const presigned = await presign('audio')
    const recordingId = presigned.recording.id
    // Past the address that was given out: as a store would be that checks nothing itself.
    const other = announce(sessionId, content)
    const loose = await installation.blobs.presignPut({
      key: await incomingKey(recordingId),
      mimeType,
      sizeBytes: other['sizeBytes'] as number,
      sha256Hex: other['sha256'] as string,
      expiresInSeconds: 60,
    })
    expect((await upload(installation.url, { uploadUrl: loose.url, headers: loose.headers }, content)).ok).toBe(true)
    const fault = await complete(recordingId)
    expect(fault).toMatchObject({
      __typename: 'UploadMismatchFault',
      expected: expect.stringMatching(shape),
      actual: expect.stringMatching(shape),
    })
    expect(fault.actual).not.toBe(fault.expected)
    await upload(installation.url, presigned, 'audio')
    expect(await complete(recordingId)).toMatchObject({ session: { hasAudio: true } })
  })

  it('after the copy too: the address may have been used between check and copy', async () => {
    const recordingId = await uploadedRecordingId(client, sessionId)
    const head = installation.blobs.head.bind(installation.blobs)
    installation.blobs.head = async (key) => {
      const found = await head(key)
      return found && key.startsWith('recordings/') ? { ...found, sizeBytes: 1 } : found
    }
    const fault = await complete(recordingId)
    installation.blobs.head = head
    expect(fault).toMatchObject({ __typename: 'UploadMismatchFault', actual: '1 bytes' })
    expect(await complete(recordingId)).toMatchObject({ session: { hasAudio: true } })
  })
})
