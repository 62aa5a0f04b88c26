/** A session that its owner deletes: gone for everybody at once, from the store soon after, and nothing brings it back. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tablesOfSession } from '../../db/queries/deletion.ts'
import { segmentsDocument } from '../support/subscription-documents.ts'
import { openStream } from '../subscriptions/stream.ts'
import { append, type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { jobsOf, settled, storedRecordingId } from './a-recording.ts'
import {
  announce,
  bareId,
  createTestClock,
  endedSessionId,
  lookUp,
  sendOffer,
  startedSessionId,
  startInput,
  upload,
  uploadedRecordingId,
} from './a-session.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let otherUrl: string
let client: GraphqlClient
let time: ReturnType<typeof createTestClock>

beforeAll(async () => {
  time = createTestClock()
  installation = await startTestInstallation({ over: { clock: time.clock } })
  otherUrl = (await installation.startNode()).url
})
afterAll(() => installation.close())
beforeEach(async () => {
  client = await signUpClient(installation.url)
})

const receiptDocument = `query ($id: ID!) { node(id: $id) { ... on DeletionReceipt { rows blobs verified verifiedAt } } }`

async function listBlobs(sessionId: string): Promise<string[]> {
  const keys: string[] = []
  for (const folder of ['incoming', 'recordings', 'measurements'])
    for await (const { key } of installation.blobs.list(`${folder}/${bareId(sessionId)}/`)) keys.push(key)
  return keys
}

async function verified(receiptId: string): Promise<{ rows: number; blobs: number; verifiedAt: string }> {
  const receipt = async () => (await client.ask(receiptDocument, { id: receiptId })).node
  await expect.poll(async () => (await receipt()).verified, { timeout: 20_000 }).toBe(true)
  return receipt()
}

/** Rows that name the session in any column of any table but the one of what was deleted. */
async function rowsThatName(sessionId: string): Promise<string[]> {
  const columns = await lookUp(
    installation,
    `select c.table_name as name, c.column_name as column from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('uuid', 'text', 'jsonb')`,
  )
  const found: string[] = []
  for (const { name, column } of columns) {
    const [row] = await lookUp(
      installation,
      `select count(*)::int as count from ${name} where strpos(${column}::text, $1) > 0`,
      [bareId(sessionId)],
    )
    if (row.count > 0) found.push(`${name}.${column}`)
  }
  return found
}

describe('a session with everything', () => {
  it('is gone from the database at once and from the store soon after, and the receipt tells', async () => {
    const sessionId = await endedSessionId(client, segmentInput('a', { text: 'A secret of mine' }))
    const recordingId = await storedRecordingId(client, sessionId, await makeSoundingRecording(...speakFor('plain', 2)))
    await settled(client, recordingId)
    await mutate(client, 'presignRecording', { input: announce(sessionId, 'never sent', { part: 2 }) })
    expect(await listBlobs(sessionId)).toHaveLength(2)

    const deleted = await mutate(client, 'deleteSession', { sessionId })
    expect(deleted).toMatchObject({ __typename: 'DeleteSessionPayload', deletedId: sessionId, receipt: { blobs: 2 } })
    const { session, node, viewer } = await client.ask(
      `query ($id: ID!, $recordingId: ID!) { session(id: $id) { id } node(id: $recordingId) { id }
        viewer { history { totalCount edges { node { id } } } progress { sessions } } }`,
      { id: sessionId, recordingId },
    )
    expect({ session, node, viewer }).toEqual({
      session: null,
      node: null,
      viewer: { history: { totalCount: 0, edges: [] }, progress: { sessions: 0 } },
    })
    expect(await rowsThatName(sessionId)).toEqual(['deletions.session_id'])
    const receipt = await verified(deleted.receipt.id)
    expect(receipt).toMatchObject({ blobs: 2, verifiedAt: expect.any(String) })
    expect(receipt.rows).toBeGreaterThanOrEqual(6)
    expect(await listBlobs(sessionId)).toEqual([])
  })

  it('has nothing of its content in what remains of it', async () => {
    const sessionId = await endedSessionId(client)
    await mutate(client, 'deleteSession', { sessionId })
    const [row] = await lookUp(installation, 'select * from deletions where session_id = $1', [bareId(sessionId)])
    const { viewer } = await client.ask(`{ viewer { id } }`)
    expect(Object.keys(row).sort()).toEqual(
      [
        'id',
        'kind',
        'user_id',
        'session_id',
        'mode',
        'request_id',
        'started_at',
        'practised_seconds',
        'customer_id',
        'open_calls',
        'row_count',
        'blob_count',
        'deleted_by',
        'deleted_at',
        'verified_at',
      ].sort(),
    )
    expect(row).toMatchObject({ mode: 'CONVERSATION', deleted_by: bareId(viewer.id), user_id: bareId(viewer.id) })
  })

  it('has every table that belongs to sessions in the count of its receipt', async () => {
    const tables = await lookUp(
      installation,
      `select distinct conrelid::regclass::text as name from pg_constraint
        where contype = 'f' and confdeltype = 'c' and confrelid in ('sessions'::regclass, 'transcripts'::regclass)`,
    )
    expect(tables.map(({ name }) => name).sort()).toEqual([...tablesOfSession].sort())
  })
})

describe('who is at it', () => {
  it('live subscriptions end on every node, and the history is told', async () => {
    const sessionId = await startedSessionId(client)
    await append(client, sessionId, segmentInput('a'))
    const socket = client.openSocket(otherUrl)
    const transcript = openStream(socket, 'transcriptSegments', segmentsDocument, { sessionId, afterRevision: 0 })
    const session = openStream(
      socket,
      'sessionUpdated',
      'subscription ($sessionId: ID!) { sessionUpdated(sessionId: $sessionId) { id } }',
      { sessionId },
    )
    const history = openStream<{ kind: string; removedId: string | null }>(
      socket,
      'historyUpdated',
      'subscription { historyUpdated { kind removedId session { id } } }',
    )
    await Promise.all([transcript, session, history].map((stream) => stream.until((received) => received.length > 0)))
    await mutate(client, 'deleteSession', { sessionId })
    await Promise.all([transcript.completed, session.completed])
    await history.until((received) => received.some(({ kind }) => kind === 'REMOVED'))
    expect(history.received.at(-1)).toEqual({ kind: 'REMOVED', removedId: sessionId, session: null })
    await socket.dispose()
  })

  it('the history names a speaking test as what it was', async () => {
    const activity = { speakingTest: { level: 'B1' } }
    const { session } = await mutate(client, 'startSession', { input: { requestId: randomUUID(), activity } })
    const socket = client.openSocket()
    const history = openStream<{ kind: string; removedId: string | null }>(
      socket,
      'historyUpdated',
      'subscription { historyUpdated { kind removedId } }',
    )
    await history.until((received) => received.length > 0)
    const deleted = await mutate(client, 'deleteSession', { sessionId: session.id })
    await history.until((received) => received.some(({ kind }) => kind === 'REMOVED'))
    expect([deleted.deletedId, history.received.at(-1)?.removedId]).toEqual([session.id, session.id])
    await socket.dispose()
  })

  it('a call that is being connected while its session is deleted is hung up and refused', async () => {
    const started = await mutate(client, 'startSession', { input: await startInput(client) })
    installation.provider.mood = { kind: 'slow', afterMs: 300 }
    try {
      const before = installation.provider.requests.length
      const offer = sendOffer(installation.url, started.clientSecret)
      await expect.poll(() => installation.provider.requests.length).toBeGreaterThan(before)
      await mutate(client, 'deleteSession', { sessionId: started.session.id })
      expect((await offer).status).toBe(401)
    } finally {
      installation.provider.mood = { kind: 'well' }
    }
    expect(installation.provider.requests.at(-1)?.path).toMatch(/hangup$/)
  })
})

describe('what comes late', () => {
  it('finds no session, and brings none back', async () => {
    const input = await startInput(client)
    const started = await mutate(client, 'startSession', { input })
    const sessionId = started.session.id
    const recordingId = await uploadedRecordingId(client, sessionId)
    const deleted = await mutate(client, 'deleteSession', { sessionId })
    const answers = [
      await mutate(client, 'appendSegments', { input: { sessionId, segments: [segmentInput('late')] } }),
      await mutate(client, 'endSession', { input: { sessionId } }),
      await mutate(client, 'keepAlive', { sessionId }),
      await mutate(client, 'mintClientSecret', { sessionId }),
      await mutate(client, 'presignRecording', { input: announce(sessionId, 'late') }),
      await mutate(client, 'completeRecording', { recordingId }),
      await mutate(client, 'requestEvaluation', { sessionId }),
    ]
    expect(answers.map(({ __typename }) => __typename)).toEqual(answers.map(() => 'NotFoundFault'))
    expect((await mutate(client, 'deleteSession', { sessionId })).receipt.id).toBe(deleted.receipt.id)
    expect(await mutate(client, 'startSession', { input })).toMatchObject({
      __typename: 'ConflictFault',
      message: 'What this request started was deleted. Use a new requestId to start anew.',
    })
    expect(await rowsThatName(sessionId)).toEqual(['deletions.session_id'])
  })

  it('as an upload is deleted by the last pass, once no address takes any more', async () => {
    const sessionId = await startedSessionId(client)
    const presigned = await mutate(client, 'presignRecording', { input: announce(sessionId, 'some audio') })
    const { receipt } = await mutate(client, 'deleteSession', { sessionId })
    await verified(receipt.id)
    await upload(installation.url, presigned, 'some audio')
    expect(await listBlobs(sessionId)).toHaveLength(1)
    const key = `finish-deletion:last:${bareId(receipt.id)}`
    const [{ seconds }] = await lookUp(
      installation,
      `select extract(epoch from j.run_at - d.deleted_at)::int as seconds from graphile_worker.jobs j, deletions d where j.key = $1 and d.id = $2`,
      [key, bareId(receipt.id)],
    )
    expect(seconds).toBe(35 * 60)
    await lookUp(
      installation,
      `select graphile_worker.reschedule_jobs(array[id], now()) from graphile_worker.jobs where key = $1`,
      [key],
    )
    await expect.poll(() => jobsOf(installation, key), { timeout: 20_000 }).toEqual([])
    expect(await listBlobs(sessionId)).toEqual([])
  })

  it('as a job that waited is taken out of the queue, and one that had begun does nothing', async () => {
    const sessionId = await endedSessionId(client, segmentInput('a'))
    const keys = [`finalize-transcript:${bareId(sessionId)}`, `evaluate-session:${bareId(sessionId)}`]
    const add = (key: string, after: string) =>
      lookUp(
        installation,
        `select graphile_worker.add_job($1, json_build_object('sessionId', $2::text), job_key => $3, run_at => now() + $4::interval)`,
        [...key.split(':'), key, after],
      )
    for (const key of keys) await add(key, '1 day')
    await mutate(client, 'deleteSession', { sessionId })
    for (const key of keys) {
      expect(await jobsOf(installation, key)).toEqual([])
      await add(key, '0 s')
      await expect.poll(() => jobsOf(installation, key), { timeout: 20_000 }).toEqual([])
    }
    expect(await rowsThatName(sessionId)).toEqual(['deletions.session_id'])
  })
})

it('the time that was practised stays used', async () => {
  const usage = async () => (await client.ask(`{ viewer { usage { secondsUsed } } }`)).viewer.usage.secondsUsed
  const sessionId = await startedSessionId(client)
  time.advance(90_000)
  await mutate(client, 'endSession', { input: { sessionId } })
  expect(await usage()).toBe(90)
  await mutate(client, 'deleteSession', { sessionId })
  expect(await usage()).toBe(90)
  const running = await startedSessionId(client)
  time.advance(30_000)
  await mutate(client, 'deleteSession', { sessionId: running })
  expect(await usage()).toBe(120)
})

it('is deleted once, however often it is asked at the same moment, while others write to it', async () => {
  const sessionId = await startedSessionId(client)
  const writes = Array.from({ length: 10 }, (_, index) => append(client, sessionId, segmentInput(`item-${index}`)))
  const deletes = Array.from({ length: 5 }, () => mutate(client, 'deleteSession', { sessionId }))
  const receipts = (await Promise.all(deletes)).map(({ receipt }) => receipt.id)
  expect(receipts).toEqual(deletes.map(() => receipts[0]))
  await Promise.all(writes)
  expect(await rowsThatName(sessionId)).toEqual(['deletions.session_id'])
})
