/** What was deleted is remembered by no server node and by no Redis, and no browser is told to keep it. */
import { createClient } from '@redis/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStream, type Stream } from '../subscriptions/stream.ts'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { startTestRedis, type TestRedis } from '../support/redis-server.ts'
import { describeWithRedis } from '../support/redis-skip.ts'
import { createProgram, programWith } from './an-access-token.ts'
import { storedRecordingId } from './a-recording.ts'
import { bareId, createTestClock, endedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

async function deleteAccount(client: GraphqlClient): Promise<void> {
  const answer = await mutate(client, 'deleteAccount', { input: { password: 'a good password' } })
  expect(answer.__typename).toBe('DeleteAccountPayload')
}

describe('of an account', () => {
  // Time stands still: nothing is forgotten because it has become old.
  const { clock } = createTestClock()
  let installation: TestInstallation
  let urls: string[]
  beforeAll(async () => {
    installation = await startTestInstallation({ over: { clock } })
    urls = [installation.url, (await installation.startNode()).url]
    // The first one is an administrator, who has to stay.
    await signUpClient(installation.url)
  })
  afterAll(() => installation.close())

  it('every node forgets the sign-in', async () => {
    const client = await signUpClient(installation.url)
    const { cookie } = client
    const visit = async (url: string): Promise<GraphqlClient> => {
      const visitor = new GraphqlClient(url)
      visitor.cookie = cookie
      await visitor.send('{ viewer { id } }')
      return visitor
    }
    for (const url of urls) expect((await visit(url)).cookie).toBe(cookie)
    await deleteAccount(client)
    // Whose cookie is known to nobody has it taken away.
    for (const url of urls) await expect.poll(async () => (await visit(url)).cookie).toBe('parley_session=')
  })

  it('every node forgets the access tokens, and ends what is followed with them', async () => {
    const client = await signUpClient(installation.url)
    const { value } = await createProgram(client)
    const sockets = urls.map((url) => programWith(url, value).openSocket())
    const streams = sockets.map((socket): Stream<unknown> => openStream(socket, 'historyUpdated', historyDocument))
    await Promise.all(streams.map((stream) => stream.until((received) => received.length > 0)))
    await deleteAccount(client)
    await Promise.all(streams.map(({ completed }) => completed))
    for (const socket of sockets) await socket.dispose()
  })
})

const historyDocument = 'subscription { historyUpdated { kind } }'

describeWithRedis('of an account, in Redis', () => {
  let redis: TestRedis
  let installation: TestInstallation
  beforeAll(async () => {
    redis = await startTestRedis()
    installation = await startTestInstallation({ env: { REDIS_URL: redis.url } })
    await installation.startNode()
    await signUpClient(installation.url)
  })
  afterAll(async () => {
    await installation?.close()
    await redis?.close()
  })

  /** Everything that it holds, and in how many seconds at most it forgets it by itself. */
  async function readAll(): Promise<{ key: string; value: string; seconds: number }[]> {
    const reader = await createClient({ url: redis.url }).connect()
    try {
      const keys = await reader.keys('*')
      return await Promise.all(
        keys.map(async (key) => ({ key, value: (await reader.get(key)) ?? '', seconds: await reader.ttl(key) })),
      )
    } finally {
      reader.destroy()
    }
  }

  it('remain a void entry under its bare id and counts of requests, for an hour at most', async () => {
    const client = await signUpClient(installation.url)
    const { viewer } = await client.ask('{ viewer { id email } }')
    await mutate(new GraphqlClient(client.url), 'signIn', { input: { email: viewer.email, password: 'a wrong one' } })
    const level = async (): Promise<unknown> => {
      await mutate(client, 'startSession', { input: drillInput() })
      const entry = (await readAll()).find(({ key }) => key === `parley:entitlement:${bareId(viewer.id)}`)
      return entry && JSON.parse(entry.value).entitlement_level
    }
    await expect.poll(level).toEqual(expect.any(String))
    expect((await readAll()).map(({ key }) => key).join()).toContain(viewer.email)

    await deleteAccount(client)
    const left = async () => (await readAll()).filter(({ key }) => key.includes(bareId(viewer.id)))
    const entitlement = async () => (await left()).find(({ key }) => key.startsWith('parley:entitlement:'))
    await expect.poll(async () => (await entitlement())?.value).toContain('"entitlement_level":null')
    for (const { key, value, seconds } of await left()) {
      expect(key).toMatch(/^parley:(entitlement|throttle:(request|mutation)):[0-9a-f-]{36}$/)
      expect(key.startsWith('parley:throttle:') ? value : '0').toMatch(/^\d+$/)
      expect(seconds > 0 && seconds <= 3_600).toBe(true)
    }
    expect(JSON.stringify(await readAll())).not.toContain(viewer.email)
  })
})

const drillInput = (): Record<string, unknown> => ({
  requestId: crypto.randomUUID(),
  activity: { drill: { questionId: 'Question_0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e' } },
})

it('browsers and proxies are told to keep nothing of what the API and the store give', async () => {
  const installation = await startTestInstallation()
  try {
    const client = await signUpClient(installation.url)
    const sessionId = await endedSessionId(client, segmentInput('a', { text: 'A secret of mine' }))
    const recordingId = await storedRecordingId(client, sessionId, Buffer.from('some audio'))
    const document = `query ($id: ID!, $recordingId: ID!) { session(id: $id) { transcript { segments { text } } }
      node(id: $recordingId) { ... on Recording { url } } }`
    const { data, headers } = await client.send(document, { id: sessionId, recordingId })
    expect(data.session.transcript.segments).toEqual([{ text: 'A secret of mine' }])
    expect(headers.get('cache-control')).toBe('no-store')
    const sound = await fetch(new URL(data.node.url, installation.url))
    expect([sound.status, sound.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  } finally {
    await installation.close()
  }
})
