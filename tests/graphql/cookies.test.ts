/** The cookie that signs a browser in: what it says, and what does not pass for it. */
import { createHash } from 'node:crypto'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { createTestClock, lookUp } from './a-session.ts'
import { toDocument } from './mutations.ts'

const time = createTestClock()
let installation: TestInstallation

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
})
afterAll(() => installation.close())

const good = { email: 'cookie@example.org', password: 'a good password' }
const whoAmI = `{ viewer { email } }`

function attributesOf(headers: Headers): Record<string, string> {
  const [cookie = ''] = headers.getSetCookie()
  return Object.fromEntries(
    cookie.split('; ').map((part) => [part.split('=')[0]?.toLowerCase(), part.split('=')[1] ?? '']),
  )
}

it('is out of reach for scripts and for other sites, and holds for the whole installation', async () => {
  const client = new GraphqlClient(installation.url)
  const signedUp = attributesOf((await client.send(toDocument('signUp'), { input: good })).headers)
  expect(signedUp).toMatchObject({
    parley_session: expect.stringMatching(/^\w{20,}$/),
    httponly: '',
    samesite: 'Lax',
    path: '/',
  })
  expect(signedUp).not.toHaveProperty('secure')
  expect(signedUp).not.toHaveProperty('domain')
  const signedIn = attributesOf((await client.send(toDocument('signIn'), { input: good })).headers)
  expect(signedIn).toMatchObject({ httponly: '', samesite: 'Lax', path: '/' })
  expect(signedIn['parley_session']).not.toBe(signedUp['parley_session'])
})

it('goes over TLS alone where the installation is reached by https', async () => {
  const port = await freePort()
  const secure = await startTestInstallation({ env: { PUBLIC_URL: 'https://parley.example.org', PORT: String(port) } })
  try {
    const client = new GraphqlClient(`http://127.0.0.1:${port}`)
    const { headers } = await client.send(
      toDocument('signUp'),
      { input: good },
      { origin: 'https://parley.example.org' },
    )
    expect(attributesOf(headers)).toMatchObject({ secure: '', httponly: '', samesite: 'Lax' })
  } finally {
    await secure.close()
  }
})

it('is not stored: the database has a hash of it', async () => {
  const client = await signUpClient(installation.url)
  const value = client.cookie?.split('=')[1] ?? ''
  const rows = await lookUp(installation, 'select id_hash from auth_sessions')
  expect(rows.map((row) => row.id_hash)).not.toContain(value)
  // Nor does the hash pass for it.
  client.cookie = `parley_session=${rows[0].id_hash}`
  expect((await client.ask(whoAmI)).viewer).toBeNull()
})

it.each([
  ['with a letter changed', (cookie: string) => cookie.slice(0, -1) + (cookie.endsWith('a') ? 'b' : 'a')],
  ['that is cut short', (cookie: string) => cookie.slice(0, -5)],
  ['with something added', (cookie: string) => `${cookie}x`],
  ['that is empty', () => 'parley_session='],
  ['of nonsense', () => `parley_session=${'%00'.repeat(10)}`],
  ['of great length', () => `parley_session=${'a'.repeat(4_000)}`],
])('does not pass %s, and the browser is told to drop it', async (_how, change) => {
  const client = await signUpClient(installation.url)
  client.cookie = change(client.cookie ?? '')
  const answer = await client.send(whoAmI)
  expect([answer.status, answer.data]).toEqual([200, { viewer: null }])
  for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/^parley_session=; .*Max-Age=0/)
})

it('is renewed in the second half of its thirty days', async () => {
  const client = await signUpClient(installation.url)
  await expire(client, `now() + interval '14 days'`)
  const renewed = await client.send(whoAmI)
  expect(renewed.data.viewer).not.toBeNull()
  expect(renewed.headers.getSetCookie()).toEqual([expect.stringContaining(`${client.cookie}; `)])
  const [row] = await lookUp(
    installation,
    `select expires_at > now() + interval '29 days' as later from auth_sessions where id_hash = $1`,
    [hashOf(client)],
  )
  expect(row).toEqual({ later: true })
})

it('passes no more after its time', async () => {
  const client = await signUpClient(installation.url)
  await expire(client, `now() - interval '1 second'`)
  const late = await client.send(whoAmI)
  expect(late.data.viewer).toBeNull()
  expect(late.headers.getSetCookie()).toEqual([expect.stringMatching(/^parley_session=; .*Max-Age=0/)])
})

it('is dropped by the answer to signing out', async () => {
  const client = await signUpClient(installation.url)
  const { cookie } = client
  const { headers, data } = await client.send(`mutation { signOut }`)
  expect([data, headers.getSetCookie()]).toEqual([
    { signOut: true },
    [expect.stringMatching(/^parley_session=; .*Max-Age=0/)],
  ])
  client.cookie = cookie
  expect((await client.ask(whoAmI)).viewer).toBeNull()
  expect((await new GraphqlClient(installation.url).ask(`mutation { signOut }`)).signOut).toBe(true)
})

/** Moves a sign-in's end; what the server remembers of it is forgotten after five seconds. */
async function expire(client: GraphqlClient, when: string): Promise<void> {
  await lookUp(installation, `update auth_sessions set expires_at = ${when} where id_hash = $1`, [hashOf(client)])
  time.advance(5_001)
}

function hashOf(client: GraphqlClient): string {
  return createHash('sha256')
    .update(client.cookie?.split('=')[1] ?? '')
    .digest('hex')
}

/** One that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
