/** After all that a learner does, and much that fails: what must not be kept is nowhere in logs and database. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { listKeyKinds } from '../support/key-patterns.ts'
import { viewerIdOf } from './a-payer.ts'
import { createProgram } from './an-access-token.ts'
import { askForExport, download, exported } from './an-export.ts'
import { announce, bareId, lookUp, sendOffer, startInput, upload } from './a-session.ts'
import { mutate } from './mutations.ts'

const passwords = [
  'correct horse battery',
  'staple of another',
  'a wrong guess here',
  'also a wrong guess',
  'made by a link that was handed over',
]
const [password = '', newPassword = '', wrong = '', alsoWrong = '', passwordByLink = ''] = passwords
const said = ['My sister lives in Valparaíso', 'I would rather whisper it', 'nobody may read this in a log']

let installation: TestInstallation
let logs: string
let database: string
const cookies = new Set<string>()
const signatures = new Set<string>()
const tokens = new Set<string>()
const resetTokens = new Set<string>()
/** Whoever knows one of these sees what is behind it; they have to be stored as they are. */
const addresses = new Set<string>()

beforeAll(async () => {
  installation = await startTestInstallation({ env: { PROVIDER_TIMEOUT_SECONDS: '1' } })
  const client = new GraphqlClient(installation.url)
  await liveThrough(client)
  logs = installation.logs.join('')
  database = (await dumpDatabase()).join('\n')
})
afterAll(() => installation.close())

/** A session from sign-up to the closed transcript, with faults on the way. */
async function liveThrough(client: GraphqlClient): Promise<void> {
  await mutate(client, 'signUp', { input: { email: 'ana@example.org', password } })
  keepCookie(client)
  await mutate(new GraphqlClient(client.url), 'signIn', { input: { email: 'ana@example.org', password: wrong } })
  await mutate(client, 'changePassword', { input: { currentPassword: alsoWrong, newPassword } })
  await mutate(client, 'changePassword', { input: { currentPassword: password, newPassword } })
  const { session, clientSecret } = await mutate(client, 'startSession', { input: await startInput(client) })
  await sendOffer(client.url, { ...clientSecret, value: `${clientSecret.value}x` })
  await sendOffer(client.url, clientSecret)
  await sendOffer(client.url, clientSecret)
  const sessionId = session.id
  await mutate(client, 'mintClientSecret', { sessionId })
  await failEveryWay(client, sessionId)
  const segments = said.map((text, index) =>
    segmentInput(`item-${index}`, { text, previousItemId: index === 0 ? null : `item-${index - 1}` }),
  )
  await mutate(client, 'appendSegments', { input: { sessionId, segments } })
  await mutate(client, 'appendSegments', {
    input: { sessionId, segments: [segmentInput('bad', { text: `${said[0]}\0` })] },
  })
  await mutate(client, 'endSession', { input: { sessionId } })
  await record(client, sessionId)
  await takeAlong(client, sessionId)
  await publish(client, sessionId)
  await resetPassword(client)
  await lookUp(
    installation,
    `select graphile_worker.add_job('finalize-transcript', json_build_object('sessionId', $1::text))`,
    [bareId(sessionId)],
  )
  await vi.waitUntil(
    async () => (await lookUp(installation, 'select from transcripts where finalized_at is not null')).length === 1,
  )
  await client.ask(
    `{ viewer { history(filter: { search: "Valparaíso" }) { edges { node { transcript { text webVtt } recording { url } } } } } }`,
  )
  await useTokens(client)
  await client.ask(`mutation { signOut }`)
  await mutate(client, 'signIn', { input: { email: 'ana@example.org', password: newPassword } })
  keepCookie(client)
}

async function failEveryWay(client: GraphqlClient, sessionId: string): Promise<void> {
  for (const mood of [{ kind: 'status', status: 401 }, { kind: 'nonsense' }, { kind: 'silent' }] as const) {
    installation.provider.mood = mood
    await mutate(client, 'mintClientSecret', { sessionId })
    await mutate(client, 'startSession', { input: await startInput(client) })
  }
  installation.provider.mood = { kind: 'well' }
  // An error that nobody expects, in the middle of what is confidential.
  await lookUp(installation, `alter table segments add constraint no_words check (text is null)`)
  await client.send(`mutation ($input: AppendSegmentsInput!) { appendSegments(input: $input) { __typename } }`, {
    input: { sessionId, segments: [segmentInput('refused', { text: said[2] })] },
  })
  await lookUp(installation, 'alter table segments drop constraint no_words')
}

async function record(client: GraphqlClient, sessionId: string): Promise<void> {
  const presigned = await mutate(client, 'presignRecording', { input: announce(sessionId, 'audio') })
  await upload(client.url, presigned, 'other')
  await upload(client.url, presigned, 'audio')
  const done = await mutate(client, 'completeRecording', { recordingId: presigned.recording.id })
  await fetch(new URL(done.recording.url, client.url))
  for (const address of [presigned.uploadUrl, done.recording.url]) {
    signatures.add(new URL(address, client.url).searchParams.get('signature') ?? '')
  }
}

async function takeAlong(client: GraphqlClient, sessionId: string): Promise<void> {
  const { url } = await exported(client, await askForExport(client, sessionId))
  await download(client, url)
  await fetch(new URL(`${url}x`, client.url))
  const address = new URL(url ?? '', client.url)
  addresses.add(address.pathname)
  signatures.add(address.searchParams.get('signature') ?? '')
}

/** With its sound; seen and heard by a stranger, and once more when it is taken back. */
async function publish(client: GraphqlClient, sessionId: string): Promise<void> {
  const confirm = 'publish transcript and recording'
  const { slug } = await mutate(client, 'publishSession', { input: { sessionId, includeAudio: true, confirm } })
  addresses.add(slug)
  const visitor = new GraphqlClient(client.url)
  const visit = async (): Promise<void> => {
    await visitor.send(`query ($slug: String!) { publishedSession(slug: $slug) { title } }`, { slug })
    await visitor.send(`{ publishedSession(slug: "${slug}") { nothing } }`)
    for (const path of [`/p/${slug}`, `/published/${slug}/recordings/1`]) await fetch(new URL(path, client.url))
  }
  await visit()
  await mutate(client, 'unpublishSession', { sessionId })
  await visit()
}

/** Of somebody else, by a link that an administrator makes: used, used again, and one that nobody made. */
async function resetPassword(administrator: GraphqlClient): Promise<void> {
  const other = await signUpClient(administrator.url)
  const userId = `User_${await viewerIdOf(other)}`
  const { url } = await mutate(administrator, 'resetUserPassword', { userId })
  await fetch(url)
  const token = new URL(url).hash.slice(1)
  for (const each of [token, token, 'g'.repeat(43)]) {
    resetTokens.add(each)
    await mutate(other, 'redeemPasswordReset', { input: { token: each, newPassword: passwordByLink } })
  }
}

/** A token that is used on both surfaces, one that is revoked, and one that nobody made. */
async function useTokens(client: GraphqlClient): Promise<void> {
  const { program, value } = await createProgram(client)
  const revoked = await createProgram(client)
  await mutate(client, 'revokeAccessToken', { id: revoked.tokenId })
  const guess = `parley_${'g'.repeat(43)}`
  for (const token of [value, revoked.value, guess]) {
    tokens.add(token)
    program.token = token
    await program.send('{ viewer { id } }')
    await program.send(`{ viewer { ${token} } }`)
    const socket = program.openSocket()
    await socket.iterate({ query: 'subscription { historyUpdated { kind } }' }).next()
    await socket.dispose()
  }
}

function keepCookie(client: GraphqlClient): void {
  cookies.add(client.cookie?.split('=')[1] ?? '')
}

/** Every row of every table, as text. */
async function dumpDatabase(): Promise<string[]> {
  const tables = await lookUp(
    installation,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const rows = await Promise.all(tables.map(({ name }) => lookUp(installation, `select t::text as row from ${name} t`)))
  return rows.flat().map(({ row }) => row)
}

it('the scenario left its traces where it should', () => {
  for (const text of said) expect(database).toContain(text)
  expect(database).toContain('ana@example.org')
  expect(logs).toContain('a request failed')
  expect([installation.provider.secrets.length, cookies.size, signatures.size, tokens.size]).toEqual([2, 2, 3, 3])
  expect([resetTokens.size, addresses.size]).toEqual([2, 2])
})

describe.each([
  ['the log', () => logs],
  ['the database', () => database],
])('%s', (_where, read) => {
  it.each([
    ['the key of the voice service', () => [installation.provider.apiKey]],
    ['a client secret', () => installation.provider.secrets],
    ['a password', () => passwords],
    ['a cookie', () => [...cookies]],
    ['a signed address', () => [...signatures]],
    ['an access token', () => [...tokens]],
    ['a link to a new password', () => [...resetTokens]],
  ])('has not %s', (_what, list) => {
    for (const value of list()) {
      expect(value.length).toBeGreaterThan(12)
      expect(read().includes(value)).toBe(false)
    }
  })

  it('has nothing that looks like a key', () => {
    expect(listKeyKinds(read())).toEqual([])
  })
})

it('the log has no address of an export, nor of what was published', () => {
  for (const address of addresses) {
    expect(address.length).toBeGreaterThan(12)
    expect(logs.includes(address)).toBe(false)
  }
})

it('the log has nothing of what was said, and no address of a learner', () => {
  for (const text of [...said, 'ana@example.org', 'Valpara']) expect(logs.includes(text)).toBe(false)
})
