/** Access tokens: what a program signs in with, for how long, and what it may do with each scope. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { createProgram, programWith, tokenInput } from './an-access-token.ts'
import { createTestClock, lookUp, startedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

const dayMs = 24 * 3_600_000
const whoAmI = `{ viewer { id email } }`
const listTokens = `{ viewer { accessTokens { edges { node { id name scopes createdAt lastUsedAt expiresAt } } } } }`

const time = createTestClock()
let installation: TestInstallation
let otherUrl: string
let owner: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
  otherUrl = (await installation.startNode()).url
})
beforeAll(async () => {
  owner = await signUpClient(installation.url)
})
afterAll(() => installation.close())

async function isAnybody(program: GraphqlClient): Promise<boolean> {
  return (await program.ask(whoAmI)).viewer !== null
}

describe('a new token', () => {
  it('is told once, is known by its prefix, and lists with what it is for', async () => {
    const learner = await signUpClient(installation.url)
    const made = await mutate(learner, 'createAccessToken', {
      input: tokenInput({ name: '  Charts at home ', scopes: ['SESSIONS_WRITE', 'HISTORY_READ', 'HISTORY_READ'] }),
    })
    expect(made.value).toMatch(/^parley_[\w-]{43}$/)
    const { data } = await learner.send(listTokens)
    expect(data.viewer.accessTokens.edges).toEqual([{ node: made.accessToken }])
    expect(made.accessToken).toMatchObject({
      name: 'Charts at home',
      scopes: ['HISTORY_READ', 'SESSIONS_WRITE'],
      lastUsedAt: null,
      expiresAt: new Date(time.clock().getTime() + 90 * dayMs).toISOString(),
    })
  })

  it('is not stored: the database has a hash of it', async () => {
    const { value } = await createProgram(owner)
    const rows = await lookUp(installation, 'select t::text as row from access_tokens t')
    expect(rows.length).toBeGreaterThan(0)
    for (const { row } of rows) expect(row).not.toContain(value.slice('parley_'.length))
  })

  it.each([
    [1, 1],
    [366, 366],
    [null, null],
  ])('holds for %s days when that is asked for', async (expiresInDays, days) => {
    const { accessToken } = await mutate(owner, 'createAccessToken', { input: tokenInput({ expiresInDays }) })
    expect(accessToken.expiresAt).toBe(
      days === null ? null : new Date(time.clock().getTime() + days * dayMs).toISOString(),
    )
  })

  it('is listed page by page, newest first', async () => {
    const learner = await signUpClient(installation.url)
    for (const name of ['one', 'two', 'three']) {
      await createProgram(learner, { name })
      time.advance(1)
    }
    const document = `query ($after: String) { viewer { accessTokens(first: 2, after: $after) { edges { node { name } } pageInfo { endCursor hasNextPage } } } }`
    const { accessTokens: first } = (await learner.ask(document)).viewer
    const { accessTokens: second } = (await learner.ask(document, { after: first.pageInfo.endCursor })).viewer
    expect([...first.edges, ...second.edges].map((edge) => edge.node.name)).toEqual(['three', 'two', 'one'])
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  })
})

describe('a program', () => {
  it('is its owner, without a cookie', async () => {
    const { program } = await createProgram(owner)
    expect(await program.ask(whoAmI)).toEqual(await owner.ask(whoAmI))
    expect(program.cookie).toBeNull()
  })

  it.each([
    ['a token that nobody made', (value: string) => `parley_${'a'.repeat(43)}${value.slice(50)}`],
    ['a part of one', (value: string) => value.slice(0, -1)],
    ['one with something added', (value: string) => `${value}a`],
  ])('with %s is nobody', async (_what, spoil) => {
    const { value } = await createProgram(owner)
    expect(await isAnybody(programWith(installation.url, spoil(value)))).toBe(false)
  })

  it('whose token does not hold is nobody, whatever cookie comes with it', async () => {
    const { data } = await owner.send(whoAmI, {}, { authorization: `Bearer parley_${'a'.repeat(43)}` })
    expect(data).toEqual({ viewer: null })
  })

  it('goes by its cookie where a proxy in front adds a header of its own', async () => {
    for (const authorization of ['Basic b3duZXI6c2VjcmV0', 'Bearer eyJhbGciOiJub25lIn0.e30.']) {
      const { data } = await owner.send(whoAmI, {}, { authorization })
      expect(data.viewer).not.toBeNull()
    }
  })

  it('is nobody once its token has run out', async () => {
    const { program } = await createProgram(owner, { expiresInDays: 1 })
    time.advance(dayMs - 1)
    expect(await isAnybody(program)).toBe(true)
    time.advance(1)
    expect(await isAnybody(program)).toBe(false)
  })

  it('is nobody as soon as its token is revoked, on every node; the other tokens hold', async () => {
    const { program, tokenId, value } = await createProgram(owner)
    const { program: other } = await createProgram(owner)
    const elsewhere = programWith(otherUrl, value)
    expect([await isAnybody(program), await isAnybody(elsewhere)]).toEqual([true, true])
    expect(await mutate(owner, 'revokeAccessToken', { id: tokenId })).toMatchObject({ revokedId: tokenId })
    expect(await isAnybody(program)).toBe(false)
    await expect.poll(() => isAnybody(elsewhere)).toBe(false)
    expect(await isAnybody(other)).toBe(true)
    const { data } = await owner.send(listTokens)
    expect(JSON.stringify(data)).not.toContain(tokenId)
    // Sent again, it says the same.
    expect(await mutate(owner, 'revokeAccessToken', { id: tokenId })).toMatchObject({ revokedId: tokenId })
  })

  it('leaves behind when it was last there, to the minute', async () => {
    const { program, tokenId } = await createProgram(owner)
    const lastUsedAt = async (): Promise<number> => {
      const { node } = await owner.ask(`query ($id: ID!) { node(id: $id) { ... on AccessToken { lastUsedAt } } }`, {
        id: tokenId,
      })
      return Date.parse(node.lastUsedAt)
    }
    const first = time.clock().getTime()
    await program.ask(whoAmI)
    expect(await lastUsedAt()).toBe(first)
    time.advance(59_999)
    await program.ask(whoAmI)
    expect(await lastUsedAt()).toBe(first)
    // What a node remembers of it is forgotten by then.
    time.advance(5_001)
    await program.ask(whoAmI)
    expect(await lastUsedAt()).toBe(time.clock().getTime())
  })

  it('signs nobody out', async () => {
    const { program } = await createProgram(owner)
    expect(await program.ask(`mutation { signOut }`)).toEqual({ signOut: true })
    expect([await isAnybody(program), await isAnybody(owner)]).toEqual([true, true])
  })
})

describe('what a program follows', () => {
  const history = `subscription { historyUpdated { kind } }`

  it('comes over a WebSocket that is opened with the token in its first message', async () => {
    const { program } = await createProgram(owner)
    const socket = program.openSocket(otherUrl)
    const first = await socket.iterate({ query: history }).next()
    expect(first.value).toEqual({ data: { historyUpdated: { kind: 'READY' } } })
    await socket.dispose()
  })

  it('comes over one that is opened with the token in its header', async () => {
    const { value } = await createProgram(owner)
    const socket = new GraphqlClient(installation.url).openSocket(installation.url, {
      headers: { authorization: `Bearer ${value}` },
    })
    const first = await socket.iterate({ query: history }).next()
    expect(first.value).toEqual({ data: { historyUpdated: { kind: 'READY' } } })
    await socket.dispose()
  })

  it.each([
    ['is no token', `parley_${'a'.repeat(43)}`, 'UNAUTHENTICATED'],
    ['has no right to read', null, 'FORBIDDEN'],
  ])('is refused before the first event when what it comes with %s', async (_why, value, code) => {
    const { program } = await createProgram(owner, { scopes: ['SESSIONS_WRITE', 'PACKS_WRITE'] })
    if (value !== null) program.token = value
    const socket = program.openSocket()
    const first = await socket.iterate({ query: history }).next()
    expect(first.value).toMatchObject({ data: null, errors: [{ extensions: { code } }] })
    await socket.dispose()
  })

  it.each([
    ['is revoked', (tokenId: string) => mutate(owner, 'revokeAccessToken', { id: tokenId })],
    ['has run out', async () => time.advance(2 * dayMs)],
  ])('ends on every node when the token %s, and other streams stay', async (_why, end) => {
    const sessionId = await startedSessionId(owner)
    const { program, tokenId } = await createProgram(owner, { expiresInDays: 1 })
    const { program: staying } = await createProgram(owner, { expiresInDays: null })
    const [stream, kept] = [program.openSocket(otherUrl), staying.openSocket(otherUrl)]
    const document = `subscription ($id: ID!) { transcriptSegments(sessionId: $id) { revision } }`
    const follow = (socket: typeof stream): AsyncIterator<unknown> =>
      socket.iterate({ query: document, variables: { id: sessionId } })
    const [events, keptEvents] = [follow(stream), follow(kept)]
    const append = (item: string): Promise<unknown> =>
      mutate(owner, 'appendSegments', { input: { sessionId, segments: [segmentInput(item)] } })
    await append('a')
    const told = (revision: number) => ({ done: false, value: { data: { transcriptSegments: { revision } } } })
    expect([await events.next(), await keptEvents.next()]).toEqual([told(1), told(1)])
    await end(tokenId)
    await append('b')
    expect([await events.next(), await keptEvents.next()]).toEqual([{ done: true, value: undefined }, told(2)])
    await Promise.all([stream.dispose(), kept.dispose()])
  })
})

it('tokens that are dead for a month are forgotten, the others stay', async () => {
  const learner = await signUpClient(installation.url)
  const { tokenId } = await createProgram(learner, { name: 'revoked', expiresInDays: null })
  await createProgram(learner, { name: 'short', expiresInDays: 1 })
  await createProgram(learner, { name: 'endless', expiresInDays: null })
  await mutate(learner, 'revokeAccessToken', { id: tokenId })
  const names = async (): Promise<string[]> =>
    (
      await lookUp(
        installation,
        `select name from access_tokens where name in ('revoked', 'short', 'endless') order by 1`,
      )
    ).map(({ name }) => name)
  const sweep = async (): Promise<void> => {
    await lookUp(installation, `select graphile_worker.add_job('sweep-store', job_key => 'sweep')`)
    await expect.poll(() => lookUp(installation, `select from graphile_worker.jobs where key = 'sweep'`)).toEqual([])
  }
  time.advance(30 * dayMs)
  await sweep()
  expect(await names()).toEqual(['endless', 'revoked', 'short'])
  time.advance(dayMs + 1)
  await sweep()
  expect(await names()).toEqual(['endless'])
})
