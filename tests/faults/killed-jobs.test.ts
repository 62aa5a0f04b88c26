/** A server that is killed in the middle of a job, and another one that takes over. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, request as sendRequest, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rowOf, settled, storedRecordingId } from '../graphql/a-recording.ts'
import { bareId, endedSessionId, lookUp, startedSessionId } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import type { TestInstallation } from '../support/installation.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { type S3Server, startS3Server } from '../support/s3-server.ts'
import { type ScriptedProvider, startScriptedProvider } from '../support/scripted-provider.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { startTranscriptionService } from '../transcription/transcription-service.ts'

let folder: string
let database: TestDatabase
let provider: ScriptedProvider
let store: S3Server
let gate: Gate
let env: Record<string, string>
let server: InstallationProcess

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-killed-jobs-'))
  database = await createTestDatabase()
  provider = await startScriptedProvider()
  store = await startS3Server()
  gate = await openGate(store.settings.endpoint ?? '')
  env = {
    PARLEY_DATA_DIR: folder,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    OPENAI_BASE_URL: provider.baseUrl,
    OPENAI_API_KEY: provider.apiKey,
    S3_ENDPOINT: gate.url,
    S3_BUCKET: store.settings.bucket,
    S3_ACCESS_KEY_ID: store.settings.accessKeyId,
    S3_SECRET_ACCESS_KEY: store.settings.secretAccessKey,
    LOG_LEVEL: 'error',
  }
  server = startInstallationProcess('main', env)
})
afterEach(async () => {
  await server.destroy()
  await gate.close()
  await store.close()
  await provider.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

interface Gate {
  url: string
  /** Resolves once a request that is so comes while `isTime`, and lets no such request through until `open`. */
  hold(method: string, place: string, isTime: () => Promise<boolean>): Promise<void>
  open(): void
  close(): Promise<void>
}

/** The way to the store, on which single requests can be held up. */
async function openGate(target: string): Promise<Gate> {
  let held: { method: string; place: string; isTime: () => Promise<boolean>; reached: () => void } | null = null
  const isHeld = async ({ method, url }: IncomingMessage): Promise<boolean> => {
    const hold = held
    return hold !== null && method === hold.method && url?.startsWith(hold.place) === true && hold.isTime()
  }
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, headers } = request
    const onward = sendRequest(new URL(request.url ?? '', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  }
  const proxy: Server = createServer((request, response) => {
    void isHeld(request).then((isSo) => (isSo ? held?.reached() : pass(request, response)))
  })
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    hold: (method, place, isTime) =>
      new Promise((resolve) => {
        held = { method, place, isTime, reached: resolve }
      }),
    open: () => void (held = null),
    async close() {
      proxy.closeAllConnections()
      await new Promise((resolve) => {
        proxy.close(resolve)
      })
    },
  }
}

/** The next server, half a minute later, when it takes the dead one's jobs; the learner is still signed in. */
async function restart(client: GraphqlClient): Promise<GraphqlClient> {
  const installation = { database } as TestInstallation
  await lookUp(installation, `update worker_heartbeats set seen_at = seen_at - interval '1 min'`)
  await lookUp(installation, `update graphile_worker._private_jobs set locked_at = locked_at - interval '1 min'`)
  server = startInstallationProcess('main', env)
  return Object.assign(await signUpClient(await server.url), { cookie: client.cookie })
}

it.each([
  ['reads the recording', 'GET', 'recordings/'],
  ['keeps what it measured', 'PUT', 'measurements/'],
])(
  'measures once, when it was killed as it %s',
  async (_when, method, place) => {
    const client = await signUpClient(await server.url)
    const sessionId = await endedSessionId(client)
    const installation = { database } as TestInstallation
    // The recording is read when its upload is checked, too.
    const isMeasuring = async (): Promise<boolean> =>
      (await lookUp(installation, 'select from recordings where measure_attempts > 0')).length > 0
    const reached = gate.hold(method, `/${store.settings.bucket}/${place}`, isMeasuring)
    const content = await makeSoundingRecording(...speakFor('plain', 3))
    const recordingId = await storedRecordingId(client, sessionId, content)
    await reached
    server.signal('SIGKILL')
    await server.exitCode
    expect(await rowOf(installation, recordingId)).toMatchObject({ quality: 'PENDING', measure_attempts: 1 })
    gate.open()
    const back = await restart(client)
    expect(await settled(back, recordingId)).toMatchObject({ quality: 'GOOD', durationSeconds: 3 })
    expect(await rowOf(installation, recordingId)).toMatchObject({ measure_attempts: 2 })
    const events = await lookUp(
      installation,
      `select detail->>'quality' as quality from session_events where session_id = $1 and type = 'measure'`,
      [bareId(sessionId)],
    )
    expect(events).toEqual([{ quality: 'GOOD' }])
    const listed = await lookUp(
      installation,
      `select from graphile_worker.jobs where task_identifier = 'measure-recording'`,
    )
    expect(listed).toEqual([])
  },
  120_000,
)

it('judges once, when it was killed as it judged', async () => {
  const client = await signUpClient(await server.url)
  const sessionId = await startedSessionId(client)
  const installation = { database } as TestInstallation
  const said = segmentInput('a', { speaker: 'LEARNER', text: longText, startMs: 0, endMs: 60_000 })
  await mutate(client, 'appendSegments', { input: { sessionId, segments: [said] } })
  const content = await makeSoundingRecording(...speakFor('plain', 3))
  await settled(client, await storedRecordingId(client, sessionId, content))
  const stateOf = async (asking: GraphqlClient) =>
    (await asking.ask('query ($id: ID!) { session(id: $id) { evaluationStatus } }', { id: sessionId })).session
  const reached = gate.hold('GET', `/${store.settings.bucket}/measurements/`, async () => true)
  await mutate(client, 'endSession', { input: { sessionId } })
  await lookUp(
    installation,
    `update graphile_worker._private_jobs set run_at = now() where key like 'evaluate-session:%'`,
  )
  await reached
  server.signal('SIGKILL')
  await server.exitCode
  gate.open()
  const back = await restart(client)
  await expect.poll(() => stateOf(back), { timeout: 60_000 }).toEqual({ evaluationStatus: 'COMPLETED' })
  const id = bareId(sessionId)
  expect(await lookUp(installation, 'select from evaluations where session_id = $1', [id])).toHaveLength(1)
  const events = `select from session_events where session_id = $1 and type = 'evaluate'`
  expect(await lookUp(installation, events, [id])).toHaveLength(1)
}, 120_000)

it('writes an answer down once, when it was killed as it was transcribed', async () => {
  const service = await startTranscriptionService()
  const way = await openGate(new URL(service.baseUrl).origin)
  try {
    await server.destroy()
    env = { ...env, OPENAI_BASE_URL: service.baseUrl.replace(new URL(service.baseUrl).origin, way.url) }
    server = startInstallationProcess('main', env)
    service.answers = [{ status: 200, body: { text: 'I get up early and I go to work.' } }]
    const client = await signUpClient(await server.url)
    const installation = { database } as TestInstallation
    const input = { requestId: randomUUID(), activity: { speakingTest: { level: 'B1' } } }
    const { id: sessionId } = (await mutate(client, 'startSession', { input })).session
    const read = async (asking: GraphqlClient) =>
      (await asking.ask(testDocument, { id: sessionId })).session as { tasks: { id: string; segments: unknown[] }[] }
    const [task] = (await read(client)).tasks
    const reached = way.hold('POST', '/v1/audio/transcriptions', async () => true)
    await storedRecordingId(client, sessionId, await makeSoundingRecording(...speakFor('plain', 4)), {
      taskId: task?.id,
    })
    await reached
    server.signal('SIGKILL')
    await server.exitCode
    way.open()
    const back = await restart(client)
    const written = [{ text: 'I get up early and I go to work.' }]
    await expect.poll(async () => (await read(back)).tasks[0]?.segments, { timeout: 60_000 }).toEqual(written)
    const events = `select from session_events where session_id = $1 and type = 'transcribe'`
    expect(await lookUp(installation, events, [bareId(sessionId)])).toHaveLength(1)
  } finally {
    await way.close()
    await service.close()
  }
}, 120_000)

const testDocument = `query ($id: ID!) { session(id: $id) { ... on SpeakingTest { tasks { id segments { text } } } } }`

const longText =
  'I went to the market with my brother because we had nothing at home for dinner and we wanted to cook something good. '.repeat(
    5,
  )
