/** Once an account is deleted, nothing that was said in it, nor who it was, is left in the memory of the server. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { append, GraphqlClient, segmentInput } from '../support/graphql-client.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { type ScriptedProvider, startScriptedProvider } from '../support/scripted-provider.ts'
import { openTranscript } from '../subscriptions/stream.ts'
import { startedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

let folder: string
let database: TestDatabase
let provider: ScriptedProvider
let server: InstallationProcess
let url: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-memory-'))
  database = await createTestDatabase()
  provider = await startScriptedProvider()
  server = startInstallationProcess('main', {
    PARLEY_DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    OPENAI_BASE_URL: provider.baseUrl,
    OPENAI_API_KEY: provider.apiKey,
    NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}`,
  })
  url = await server.url
})
afterAll(async () => {
  await server.destroy()
  await provider.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const password = 'a good password'

async function signUp(email: string, name: string): Promise<GraphqlClient> {
  const client = new GraphqlClient(url)
  expect((await mutate(client, 'signUp', { input: { email, password, name } })).__typename).toBe('SignUpPayload')
  return client
}

/** Everything that the server can still reach, written down. */
async function readMemory(): Promise<Buffer> {
  server.signal('SIGUSR2')
  const listSnapshots = async () => (await readdir(folder)).filter((name) => name.endsWith('.heapsnapshot'))
  await expect.poll(listSnapshots, { timeout: 60_000 }).toHaveLength(1)
  // It answers nobody while it writes.
  await fetch(`${url}/health/live`)
  const [name = ''] = await listSnapshots()
  return readFile(path.join(folder, name))
}

it('of what was said, by variables and within documents, and by whom', async () => {
  await signUp('administrator@example.org', 'Administrator')
  const client = await signUp('quillfeather@example.org', 'Ottilie Quillfeather')
  const sessionId = await startedSessionId(client)
  await append(client, sessionId, segmentInput('a', { text: 'My wombatkeeper has moved' }))
  const other =
    'input: {sessionId: $id, segments: [{itemId: "b", speaker: LEARNER, text: "To Zanzibarrow", startMs: 0, endMs: 1, final: true}]}'
  const document = `mutation KeptInNoCache($id: ID!) { appendSegments(${other}) { __typename } }`
  expect((await client.ask(document, { id: sessionId })).appendSegments.__typename).toBe('AppendSegmentsPayload')
  const socket = client.openSocket()
  const transcript = openTranscript(socket, sessionId)
  await transcript.until((deltas) => deltas.flatMap(({ segments }) => segments).length >= 2)
  await client.ask('query KeptInMind { viewer { email name history { edges { node { title } } } } }')

  await mutate(client, 'deleteSession', { sessionId })
  await transcript.completed
  const deleted = await mutate(client, 'deleteAccount', { input: { password } })
  expect(deleted.__typename).toBe('DeleteAccountPayload')
  await socket.dispose()
  // Whatever is kept of the last of something is of these.
  for (let count = 0; count < 20; count += 1)
    await new GraphqlClient(url).send('{ viewer { email } topics { edges { node { title } } } }')

  const memory = await readMemory()
  const parts = ['KeptInMind', 'wombatkeeper', 'Zanzibarrow', 'uillfeather']
  expect(parts.filter((part) => memory.includes(part))).toEqual(['KeptInMind'])
})
