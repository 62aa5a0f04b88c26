/** Who asks is known by the same cookie on HTTP and WebSocket, and pages of other origins are refused on both. */
import type { Client } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { GraphqlClient, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { lookUp } from './a-session.ts'

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

const foreign = ['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost.evil.example']

it.each(foreign)('refuses a query and a mutation from %s over HTTP, and does nothing', async (origin) => {
  const before = await lookUp(installation, 'select count(*) from auth_sessions')
  for (const query of [`{ viewer { id } }`, `mutation { signOut }`]) {
    const { status, data } = await client.send(query, {}, { origin })
    expect([status, data]).toEqual([403, undefined])
  }
  expect(await lookUp(installation, 'select count(*) from auth_sessions')).toEqual(before)
})

it.each(foreign)('refuses a WebSocket from %s before the protocol begins', async (origin) => {
  expect(await upgradeStatus(installation.url, { origin, cookie: client.cookie ?? '' })).toBe(403)
})

it.each(['127.0.0.1', 'localhost', '[::1]'])('takes the loopback name %s as its own', async (name) => {
  const origin = `http://${name}:${new URL(installation.url).port}`
  expect((await client.send(`{ viewer { id } }`, {}, { origin })).data.viewer).not.toBeNull()
  expect(await upgradeStatus(installation.url, { origin })).toBe(101)
})

it('takes programs that send no origin', async () => {
  const response = await fetch(`${installation.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: client.cookie ?? '' },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  })
  expect(await response.json()).toMatchObject({ data: { viewer: { id: expect.any(String) } } })
  expect(await upgradeStatus(installation.url, {})).toBe(101)
})

it('knows the same account on the WebSocket as on HTTP', async () => {
  const { session } = await startConversation(client)
  const document = `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { id status } }`
  const socket = client.openSocket()
  expect(await firstAnswer(socket, document, { id: session.id })).toEqual({
    data: { sessionUpdated: { id: session.id, status: 'ACTIVE' } },
  })
  const stranger = await signUpClient(installation.url)
  const answer = await firstAnswer(stranger.openSocket(), document, { id: session.id })
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
})

it.each([
  `subscription { historyUpdated { kind } }`,
  `subscription { sessionUpdated(sessionId: "Conversation_0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e") { id } }`,
  `subscription { transcriptSegments(sessionId: "Conversation_0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e") { revision } }`,
])('refuses whoever is not signed in before the first event of %s', async (query) => {
  const answer = await firstAnswer(new GraphqlClient(installation.url).openSocket(), query)
  expect(answer).toMatchObject({ errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] })
})

it('refuses a socket whose sign-in ended after it was opened', async () => {
  const leaving = await signUpClient(installation.url)
  const socket = leaving.openSocket()
  const open = await firstAnswer(socket, `subscription { historyUpdated { kind } }`, {}, { keepOpen: true })
  expect(open).toEqual({ data: { historyUpdated: { kind: 'READY' } } })
  await leaving.ask(`mutation { signOut }`)
  const again = await firstAnswer(socket, `subscription { historyUpdated { kind } }`)
  expect(again).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
})

it.each([`mutation { signOut }`, `{ viewer { id } }`])('refuses %s over the WebSocket', async (query) => {
  const answer = await firstAnswer(client.openSocket(), query)
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  expect((await client.ask(`{ viewer { id } }`)).viewer).not.toBeNull()
})

it('answers a document that cannot be read, and keeps the socket', async () => {
  const socket = client.openSocket()
  const open = await firstAnswer(socket, `subscription {`, {}, { keepOpen: true })
  expect(open).toMatchObject({ errors: [{ message: expect.stringContaining('Syntax Error') }] })
  expect(await firstAnswer(socket, `subscription { historyUpdated { kind } }`)).toMatchObject({
    data: { historyUpdated: { kind: 'READY' } },
  })
})

/** What a subscription gives first: an event, or the errors it is refused with. */
async function firstAnswer(
  socket: Client,
  query: string,
  variables: Record<string, unknown> = {},
  options = { keepOpen: false },
): Promise<unknown> {
  try {
    return await new Promise((resolve, reject) => {
      const stop = socket.subscribe(
        { query, variables },
        {
          next: (value) => {
            resolve(value)
            stop()
          },
          error: (error) => (Array.isArray(error) ? resolve({ errors: error }) : reject(error)),
          complete: () => reject(new Error('completed without an event')),
        },
      )
    })
  } finally {
    if (!options.keepOpen) await socket.dispose()
  }
}

/** 101 for a socket that opens, else the status that refuses it. */
function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    socket.on('open', () => {
      resolve(101)
      socket.close()
    })
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      socket.terminate()
    })
    socket.on('error', reject)
  })
}
