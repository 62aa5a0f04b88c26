/** `/graphql` over HTTP: what is no request of its kind is refused before anything is done. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { startedSessionId } from './a-session.ts'

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const own = { 'content-type': 'application/json', origin: installation.url, cookie: client.cookie ?? '' }
  return fetch(`${installation.url}/graphql`, { method: 'POST', headers: { ...own, ...headers }, body })
}

describe.each([
  ['JSON that breaks off', '{"query": "{ viewer', 400],
  ['no JSON', 'query { viewer { id } }', 400],
  ['nothing', '', 400],
  ['a JSON string', '"{ viewer { id } }"', 400],
  ['null', 'null', 400],
  ['a list of requests', '[{"query":"{ viewer { id } }"}]', 400],
  ['a document that cannot be read', '{"query":"{ viewer { id "}', 400],
  ['a field that is not there', '{"query":"{ viewer { passwordHash } }"}', 400],
  ['more than 4 MiB', JSON.stringify({ query: `{ viewer { id } } #${'a'.repeat(4 * 1024 * 1024)}` }), 413],
  [
    'a document of more words than any page has',
    JSON.stringify({ query: `{ ${'viewer { id } '.repeat(2_500)}}` }),
    400,
  ],
  ['a subscription', '{"query":"subscription { historyUpdated { kind } }"}', 400],
])('a body of %s', (_what, body, status) => {
  it(`is answered with ${status}, and with no inner detail`, async () => {
    const answer = await post(body)
    const text = await answer.text()
    expect(answer.status).toBe(status)
    expect(text).not.toMatch(/node_modules|server\/|\bat .*:\d+:\d+/)
  })
})

it.each([
  ['text/plain', 400],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data; boundary=x', 415],
])('a form of another site (%s) is refused, whatever cookie it brings', async (type, status) => {
  const answer = await post('{"query":"mutation { signOut }"}', { 'content-type': type })
  expect(answer.status).toBe(status)
  expect((await client.ask(`{ viewer { id } }`)).viewer).not.toBeNull()
})

it('a mutation by GET is refused, and done nothing of', async () => {
  const url = `${installation.url}/graphql?query=${encodeURIComponent('mutation { signOut }')}`
  const headers = { cookie: client.cookie ?? '' }
  expect((await fetch(url, { headers })).status).toBe(400)
  expect((await fetch(url, { headers: { ...headers, 'apollo-require-preflight': 'yes' } })).status).toBe(405)
  expect((await client.ask(`{ viewer { id } }`)).viewer).not.toBeNull()
})

it('every answer carries an id of its request, and is not to be framed or sniffed', async () => {
  const answers = [await post('{"query":"{ viewer { id } }"}'), await post('{')]
  const ids = answers.map((answer) => answer.headers.get('x-request-id'))
  expect(new Set(ids).size).toBe(2)
  for (const { headers } of answers) {
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  }
})

describe('pages and places', () => {
  const page = `query ($first: Int, $last: Int, $after: String, $before: String) {
    viewer { history(first: $first, last: $last, after: $after, before: $before) { totalCount } } }`
  it.each([
    ['first of 0', { first: 0 }, 'first'],
    ['first of -1', { first: -1 }, 'first'],
    ['first of 101', { first: 101 }, 'first'],
    ['last of 0', { last: 0 }, 'last'],
    ['last of 101', { last: 101 }, 'last'],
    ['both first and last', { first: 1, last: 1 }, 'last'],
    ['a cursor of nonsense', { after: 'nonsense' }, 'after'],
    ['an empty cursor', { after: '' }, 'after'],
    ['a cursor of another list', { after: toCursor(['A1', 'Food', '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e']) }, 'after'],
    ['a cursor of no date', { last: 1, before: toCursor([{}, '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e']) }, 'before'],
    ['a cursor of null', { after: toCursor([null, '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e']) }, 'after'],
    ['a cursor of no id', { after: toCursor([new Date().toISOString(), 'x']) }, 'after'],
  ])('history refuses %s', async (_what, variables, name) => {
    const { errors } = await client.send(page, variables)
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', issues: [{ path: [name] }] } }])
  })

  it.each([
    ['first of 101', { first: 101 }],
    ['a cursor of nonsense', { after: 'e30' }],
    ['a cursor with a null character', { after: toCursor(['A1', 'a\0b', '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e']) }],
  ])('topics refuse %s', async (_what, variables) => {
    const { errors } = await client.send(
      `query ($first: Int, $after: String) { topics(first: $first, after: $after) { edges { cursor } } }`,
      variables,
    )
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
  })

  it.each([
    ['first of 0', { first: 0 }],
    ['a cursor of nonsense', { after: 'e30' }],
    [
      'a date beyond all calendars',
      { after: toCursor(['+275760-09-13T00:00:00.000Z', '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e']) },
    ],
  ])('events of a session answer %s without an inner error', async (_what, variables) => {
    const id = await theSession()
    const { errors } = await client.send(
      `query ($id: ID!, $first: Int, $after: String) { session(id: $id) { events(first: $first, after: $after) { edges { cursor } } } }`,
      { id, ...variables },
    )
    for (const error of errors ?? []) expect(error.extensions.code).toBe('INVALID_INPUT')
  })

  it('a search with a null character finds nothing', async () => {
    const { viewer } = await client.ask(
      `query ($filter: HistoryFilter) { viewer { history(filter: $filter) { totalCount edges { cursor } } } }`,
      {
        filter: { search: 'a\0b' },
      },
    )
    expect(viewer.history).toEqual({ totalCount: 0, edges: [] })
  })

  it.each(['2026-01-31', '2026-13-01T00:00:00Z', 'yesterday', '2026-01-31T00:00:00'])(
    '%s is no DateTime',
    async (startedAfter) => {
      const { errors } = await client.send(
        `query ($filter: HistoryFilter) { viewer { history(filter: $filter) { totalCount } } }`,
        { filter: { startedAfter } },
      )
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    },
  )
})

let session: Promise<string> | null = null

function theSession(): Promise<string> {
  session ??= startedSessionId(client)
  return session
}

function toCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}
