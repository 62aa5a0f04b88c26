/** A voice service that fails in every way it can: the fault says whether a new try helps, and nothing dangles. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import type { ProviderMood } from '../support/scripted-provider.ts'
import { bareId, lookUp, sendOffer, startedSessionId, startInput } from './a-session.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let client: GraphqlClient
let deadUrl: string

beforeAll(async () => {
  installation = await startTestInstallation({ env: { PROVIDER_TIMEOUT_SECONDS: '1' } })
  const dead = await installation.startNode({
    realtime: { baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'sk-x', isBuiltIn: true },
  })
  deadUrl = dead.url
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  installation.provider.mood = { kind: 'well' }
})
afterAll(() => installation.close())

const moods: { how: string; mood: ProviderMood; retryable: boolean; message: RegExp }[] = [
  { how: 'says nothing', mood: { kind: 'silent' }, retryable: true, message: /did not answer in time/ },
  {
    how: 'answers too late',
    mood: { kind: 'slow', afterMs: 1_500 },
    retryable: true,
    message: /did not answer in time/,
  },
  {
    how: 'answers 401',
    mood: { kind: 'status', status: 401 },
    retryable: false,
    message: /refused this installation's key/,
  },
  {
    how: 'answers 403',
    mood: { kind: 'status', status: 403 },
    retryable: false,
    message: /refused this installation's key/,
  },
  { how: 'answers 429', mood: { kind: 'status', status: 429 }, retryable: true, message: /busy/ },
  {
    how: 'answers 429 for its quota',
    mood: { kind: 'status', status: 429, code: 'insufficient_quota' },
    retryable: false,
    message: /quota/,
  },
  { how: 'answers 500', mood: { kind: 'status', status: 500 }, retryable: true, message: /fault of its own/ },
  { how: 'answers 503', mood: { kind: 'status', status: 503 }, retryable: true, message: /fault of its own/ },
  { how: 'answers 400', mood: { kind: 'status', status: 400 }, retryable: false, message: /refused the request/ },
  { how: 'answers nonsense', mood: { kind: 'nonsense' }, retryable: false, message: /makes no sense/ },
]

describe.each(moods)('a voice service that $how', ({ mood, retryable, message }) => {
  it('fails the start of a session, which says so on record', async () => {
    installation.provider.mood = mood
    const input = await startInput(client)
    const fault = await mutate(client, 'startSession', { input })
    expect(fault).toEqual({
      __typename: 'ProviderFault',
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringMatching(message),
      retryable,
    })
    installation.provider.mood = { kind: 'well' }
    await expectFailedOnRecord(client, fault)
    expect(await mutate(client, 'startSession', { input })).toEqual(fault)
    const another = await mutate(client, 'startSession', { input: { ...input, requestId: randomUUID() } })
    expect(another).toMatchObject({ __typename: 'StartSessionPayload', session: { status: 'ACTIVE' } })
  })

  it('fails a mint, and the session goes on', async () => {
    const sessionId = await startedSessionId(client)
    installation.provider.mood = mood
    const fault = await mutate(client, 'mintClientSecret', { sessionId })
    expect(fault).toEqual({
      __typename: 'ProviderFault',
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringMatching(message),
      retryable,
    })
    installation.provider.mood = { kind: 'well' }
    expect(await mutate(client, 'keepAlive', { sessionId })).toMatchObject({
      session: { status: 'ACTIVE', failure: null },
    })
    const minted = await mutate(client, 'mintClientSecret', { sessionId })
    expect((await sendOffer(installation.url, minted.clientSecret)).status).toBe(201)
  })

  it('fails a relayed offer, and a fresh secret works', async () => {
    const started = await mutate(client, 'startSession', { input: await startInput(client) })
    installation.provider.mood = mood
    const answer = await sendOffer(installation.url, started.clientSecret)
    expect([answer.status, await answer.json()]).toEqual([
      502,
      { error: { code: 'PROVIDER_UNAVAILABLE', message: expect.stringMatching(message), retryable } },
    ])
    installation.provider.mood = { kind: 'well' }
    const minted = await mutate(client, 'mintClientSecret', { sessionId: started.session.id })
    expect((await sendOffer(installation.url, minted.clientSecret)).status).toBe(201)
  })
})

it('passes on how long to wait when the voice service has no room for a call', async () => {
  const { clientSecret } = await mutate(client, 'startSession', { input: await startInput(client) })
  installation.provider.mood = { kind: 'status', status: 429, retryAfterSeconds: 60 }
  const answer = await sendOffer(installation.url, clientSecret)
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
    429,
    '60',
    {
      error: {
        code: 'PROVIDER_UNAVAILABLE',
        message: 'The voice service has no room right now. Try again in 60 s.',
        retryable: true,
      },
    },
  ])
})

it('fails the start of a session when nothing listens there', async () => {
  const far = await signUpClient(deadUrl)
  const fault = await mutate(far, 'startSession', { input: await startInput(far) })
  expect(fault).toMatchObject({
    __typename: 'ProviderFault',
    retryable: true,
    message: expect.stringMatching(/cannot be reached/),
  })
  await expectFailedOnRecord(far, fault)
})

it('ends a session although its call cannot be hung up, and tries again with the next end', async () => {
  const { session, clientSecret } = await mutate(client, 'startSession', { input: await startInput(client) })
  await sendOffer(installation.url, clientSecret)
  installation.provider.mood = { kind: 'status', status: 500 }
  expect(await mutate(client, 'endSession', { input: { sessionId: session.id } })).toMatchObject({
    session: { status: 'ENDED' },
  })
  const hungUp = () =>
    lookUp(installation, 'select hung_up_at from client_secrets where session_id = $1', [bareId(session.id)])
  expect(await hungUp()).toEqual([{ hung_up_at: null }])
  installation.provider.mood = { kind: 'well' }
  await mutate(client, 'endSession', { input: { sessionId: session.id } })
  expect(await hungUp()).toEqual([{ hung_up_at: expect.any(Date) }])
})

/** The history has one session: FAILED, with an event that says so, no open call, nothing reserved. */
async function expectFailedOnRecord(
  learner: GraphqlClient,
  fault: { message: string; retryable: boolean },
): Promise<void> {
  const { viewer } = await learner.ask(`{ viewer { usage { secondsUsed } history { edges { node {
    id status endReason endedAt durationSeconds failure { code message retryable } events { edges { node { type detail } } } } } } } }`)
  const { message, retryable } = fault
  expect(viewer.usage.secondsUsed).toBe(0)
  expect(viewer.history.edges).toHaveLength(1)
  const [{ node }] = viewer.history.edges
  expect(node).toMatchObject({
    status: 'FAILED',
    endReason: 'FAILED',
    endedAt: expect.any(String),
    durationSeconds: 0,
    failure: { code: 'PROVIDER_UNAVAILABLE', message, retryable },
  })
  expect(node.events.edges.map((edge: { node: { type: string } }) => edge.node.type)).toEqual(['start', 'end'])
  expect(node.events.edges[1].node.detail).toMatchObject({ reason: 'FAILED', code: 'PROVIDER_UNAVAILABLE' })
  expect(await lookUp(installation, 'select from client_secrets where session_id = $1', [bareId(node.id)])).toEqual([])
}
