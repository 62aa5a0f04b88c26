/** What each scope of an access token opens, for every field at the top of the schema: one without a line here fails the last test. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TokenScope, tokenScopes } from '../../server/domain/token-scope.ts'
import { append, type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { createProgram } from './an-access-token.ts'
import { endedSessionId, startedSessionId } from './a-session.ts'
import { aboutNothing } from './faults/fault-case.ts'
import { mutate, printedSchema, toDocument } from './mutations.ts'

/** SIGN_IN: refused to every token. */
type Opened = TokenScope | 'ANYONE' | 'SIGN_IN'

const mutations: Record<string, Opened> = {
  signUp: 'ANYONE',
  signIn: 'ANYONE',
  signOut: 'ANYONE',
  startSession: 'SESSIONS_WRITE',
  mintClientSecret: 'SESSIONS_WRITE',
  keepAlive: 'SESSIONS_WRITE',
  appendSegments: 'SESSIONS_WRITE',
  provideLearnerText: 'SESSIONS_WRITE',
  endSession: 'SESSIONS_WRITE',
  presignRecording: 'SESSIONS_WRITE',
  completeRecording: 'SESSIONS_WRITE',
  requestEvaluation: 'SESSIONS_WRITE',
  retryRecording: 'SESSIONS_WRITE',
  submitDrillResponse: 'SESSIONS_WRITE',
  uploadContentPack: 'PACKS_WRITE',
  activateContentPack: 'PACKS_WRITE',
  archiveContentPack: 'PACKS_WRITE',
  createCheckout: 'SIGN_IN',
  createPortal: 'SIGN_IN',
  setEntitlement: 'SIGN_IN',
  resetUserPassword: 'SIGN_IN',
  redeemPasswordReset: 'ANYONE',
  exportData: 'SIGN_IN',
  publishSession: 'SIGN_IN',
  unpublishSession: 'SIGN_IN',
  deleteSession: 'SIGN_IN',
  deleteAccount: 'SIGN_IN',
  updateViewer: 'SIGN_IN',
  changePassword: 'SIGN_IN',
  createAccessToken: 'SIGN_IN',
  revokeAccessToken: 'SIGN_IN',
}

const queries: Record<string, Opened> = {
  activeContentPack: 'HISTORY_READ',
  contentPacks: 'HISTORY_READ',
  drillQuestions: 'HISTORY_READ',
  users: 'SIGN_IN',
  installation: 'ANYONE',
  partnerTier: 'ANYONE',
  canTranscribe: 'ANYONE',
  topics: 'ANYONE',
  publishedSession: 'ANYONE',
  viewer: 'HISTORY_READ',
  session: 'HISTORY_READ',
  node: 'HISTORY_READ',
}

const subscriptions: Record<string, Opened> = {
  sessionUpdated: 'HISTORY_READ',
  transcriptSegments: 'HISTORY_READ',
  historyUpdated: 'HISTORY_READ',
}

let installation: TestInstallation
let owner: GraphqlClient
let sessionId: string
/** Of another session of the owner's, which is published. */
let slug: string
const programs = new Map<TokenScope, GraphqlClient>()

beforeAll(async () => {
  installation = await startTestInstallation()
  owner = await signUpClient(installation.url)
  sessionId = await startedSessionId(owner)
  await append(owner, sessionId, segmentInput('a'))
  const published = await endedSessionId(owner, segmentInput('a'))
  const input = { sessionId: published, includeAudio: false, confirm: 'publish transcript' }
  slug = (await mutate(owner, 'publishSession', { input })).slug
  for (const scope of tokenScopes) programs.set(scope, (await createProgram(owner, { scopes: [scope] })).program)
})
afterAll(() => installation.close())

function programWith(scope: TokenScope): GraphqlClient {
  const program = programs.get(scope)
  if (!program) throw new Error(`no program has ${scope}`)
  return program
}

const isOpen = (opened: Opened, scope: TokenScope): boolean => opened === 'ANYONE' || opened === scope

const pairs = (fields: Record<string, Opened>) =>
  Object.entries(fields).flatMap(([name, opened]) =>
    tokenScopes.map((scope) => ({ name, scope, open: isOpen(opened, scope), opened })),
  )

describe.each(pairs(mutations).filter(({ opened }) => opened !== 'ANYONE'))(
  '$name with a token of scope $scope',
  ({ name, scope, open }) => {
    it(open ? 'is tried' : 'answers ForbiddenFault', async () => {
      const { data, errors } = await programWith(scope).send(toDocument(name), aboutNothing(name))
      expect(errors).toBeUndefined()
      if (open) expect(data[name].__typename).not.toBe('ForbiddenFault')
      else expect(data[name]).toMatchObject({ __typename: 'ForbiddenFault', code: 'FORBIDDEN' })
    })
  },
)

const documents: Record<string, string> = {
  activeContentPack: `{ activeContentPack { name } }`,
  contentPacks: `{ contentPacks { edges { node { name } } } }`,
  drillQuestions: `{ drillQuestions { edges { node { question { id } } } } }`,
  users: `{ users { edges { node { email } } } }`,
  installation: `{ installation { hasAccounts } }`,
  partnerTier: `{ partnerTier }`,
  canTranscribe: `{ canTranscribe }`,
  topics: `{ topics { edges { node { title } } } }`,
  viewer: `{ viewer { email } }`,
  publishedSession: `query ($slug: String!) { publishedSession(slug: $slug) { title } }`,
  session: `query ($id: ID!) { session(id: $id) { title } }`,
  node: `query ($id: ID!) { node(id: $id) { id } }`,
  sessionUpdated: `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { title } }`,
  transcriptSegments: `subscription ($id: ID!) { transcriptSegments(sessionId: $id) { revision } }`,
  historyUpdated: `subscription { historyUpdated { kind } }`,
}

describe.each(pairs(queries))('Query.$name with a token of scope $scope', ({ name, scope, open }) => {
  it(open ? 'is answered' : 'is refused, and nothing of it answered', async () => {
    const { data, errors } = await programWith(scope).send(documents[name] ?? '', { id: sessionId, slug })
    if (open) return expect([errors, data[name]]).toEqual([undefined, expect.anything()])
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect(data?.[name] ?? null).toBeNull()
  })
})

describe.each(pairs(subscriptions))('Subscription.$name with a token of scope $scope', ({ name, scope, open }) => {
  it(open ? 'is answered' : 'is refused before the first event', async () => {
    const socket = programWith(scope).openSocket()
    const first = socket.iterate({ query: documents[name] ?? '', variables: { id: sessionId } }).next()
    if (open) expect((await first).value).toMatchObject({ data: { [name]: expect.anything() } })
    else expect((await first).value).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    await socket.dispose()
  })
})

it('who may only write reads nothing beside what a mutation answers', async () => {
  const document = `mutation ($id: ID!) { keepAlive(sessionId: $id) {
    ... on KeepAlivePayload { session { status transcript { revision text } } } } }`
  const { errors, data } = await programWith('SESSIONS_WRITE').send(document, { id: sessionId })
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' }, path: expect.arrayContaining(['text']) }])
  expect(data?.keepAlive ?? null).toBeNull()
})

it('no token lists tokens', async () => {
  for (const scope of tokenScopes) {
    const { errors } = await programWith(scope).send(`{ viewer { accessTokens { edges { node { name } } } } }`)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  }
})

it('every field at the top of the schema has a line', () => {
  const fieldsOf = (type: { getFields(): Record<string, unknown> } | null | undefined): string[] =>
    Object.keys(type?.getFields() ?? {}).sort()
  expect(Object.keys(mutations).sort()).toEqual(fieldsOf(printedSchema.getMutationType()))
  expect(Object.keys(queries).sort()).toEqual(fieldsOf(printedSchema.getQueryType()))
  expect(Object.keys(subscriptions).sort()).toEqual(fieldsOf(printedSchema.getSubscriptionType()))
})
