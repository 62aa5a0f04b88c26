/** `POST /calls/:id`: one offer for one secret, and the call's id stays here. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, createTestClock, lookUp, sendOffer, startInput } from './a-session.ts'
import { mutate } from './mutations.ts'

const time = createTestClock()
let installation: TestInstallation
let client: GraphqlClient
// oxlint-disable-next-line typescript/no-explicit-any
let started: { session: any; clientSecret: any }

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  started = await mutate(client, 'startSession', { input: await startInput(client) })
  installation.provider.requests.length = 0
})
afterAll(() => installation.close())

const refused = {
  error: {
    code: 'UNAUTHENTICATED',
    message: 'This secret is unknown, used or expired. Mint a new one.',
    retryable: false,
  },
}

async function expectRefused(answer: Response): Promise<void> {
  expect([answer.status, await answer.json()]).toEqual([401, refused])
}

// oxlint-disable-next-line typescript/no-explicit-any
async function secondSecret(): Promise<any> {
  return (await mutate(client, 'mintClientSecret', { sessionId: started.session.id })).clientSecret
}

function callRequests(): { path: string; headers: Record<string, unknown>; body: string }[] {
  return installation.provider.requests.filter((request) => request.path === '/v1/realtime/calls')
}

it('relays the offer with the secret as bearer, and keeps the id of the call', async () => {
  const answer = await sendOffer(installation.url, started.clientSecret)
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    201,
    'application/sdp',
    'v=0\r\ns=answer\r\n',
  ])
  expect(callRequests()).toMatchObject([
    { headers: { authorization: `Bearer ${started.clientSecret.value}` }, body: 'v=0\r\ns=offer\r\n' },
  ])
  const [row] = await lookUp(
    installation,
    'select provider_call_id, used_at from client_secrets where session_id = $1',
    [bareId(started.session.id)],
  )
  expect(row).toEqual({ provider_call_id: expect.stringMatching(/^rtc_/), used_at: expect.any(Date) })
})

it('relays one offer a secret', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => sendOffer(installation.url, started.clientSecret)))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 401, 401, 401])
  await expectRefused(await sendOffer(installation.url, started.clientSecret))
  expect(callRequests()).toHaveLength(1)
})

it('refuses a wrong secret, and the right one still works', async () => {
  await expectRefused(await sendOffer(installation.url, { ...started.clientSecret, value: 'ek_guess' }))
  expect((await sendOffer(installation.url, started.clientSecret)).status).toBe(201)
})

it("refuses another session's secret", async () => {
  const other = await signUpClient(installation.url)
  const others = await mutate(other, 'startSession', { input: await startInput(other) })
  await expectRefused(
    await sendOffer(installation.url, { callUrl: started.clientSecret.callUrl, value: others.clientSecret.value }),
  )
  await expectRefused(
    await sendOffer(installation.url, { callUrl: others.clientSecret.callUrl, value: started.clientSecret.value }),
  )
})

it('takes a secret until its minute is over, and not after', async () => {
  const tillExpiryMs = Date.parse(started.clientSecret.expiresAt) - time.clock().getTime()
  time.advance(tillExpiryMs - 1)
  const [justInTime, tooLate] = [await sendOffer(installation.url, started.clientSecret), await secondSecret()]
  expect(justInTime.status).toBe(201)
  time.advance(Date.parse(tooLate.expiresAt) - time.clock().getTime())
  await expectRefused(await sendOffer(installation.url, tooLate))
  time.advance(-tillExpiryMs)
})

it('refuses a secret of a session that has ended', async () => {
  await mutate(client, 'endSession', { input: { sessionId: started.session.id } })
  await expectRefused(await sendOffer(installation.url, started.clientSecret))
})

it('refuses a secret that a newer one has replaced', async () => {
  await mutate(client, 'mintClientSecret', { sessionId: started.session.id })
  await expectRefused(await sendOffer(installation.url, started.clientSecret))
})

it.each(['/calls/nonsense', '/calls/0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e'])(
  'refuses %s, which was never given out',
  async (callUrl) => {
    await expectRefused(await sendOffer(installation.url, { callUrl, value: started.clientSecret.value }))
  },
)

it('refuses an offer without a bearer', async () => {
  const answer = await sendOffer(installation.url, started.clientSecret, { headers: { authorization: '' } })
  expect([answer.status, await answer.json()]).toEqual([
    401,
    { error: { code: 'UNAUTHENTICATED', message: 'Send the client secret as a bearer.', retryable: false } },
  ])
})

it.each([
  [400, 'hello', 'application/sdp'],
  [400, '', 'application/sdp'],
  [413, `v=0\r\n${'a'.repeat(65 * 1024)}`, 'application/sdp'],
  [415, '{}', 'application/json'],
])('answers %i for what is no offer, and the secret still works', async (status, body, type) => {
  const answer = await sendOffer(installation.url, started.clientSecret, { body, headers: { 'content-type': type } })
  expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code: 'INVALID_INPUT' } }])
  expect((await sendOffer(installation.url, started.clientSecret)).status).toBe(201)
})

it('refuses a page of another origin, and the secret still works', async () => {
  const answer = await sendOffer(installation.url, started.clientSecret, {
    headers: { origin: 'https://evil.example' },
  })
  expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 'FORBIDDEN' } }])
  expect((await sendOffer(installation.url, started.clientSecret)).status).toBe(201)
})

it.each(['endSession', 'mintClientSecret'])(
  'hangs the call up with %s, by its id and the key of the installation',
  async (mutation) => {
    await sendOffer(installation.url, started.clientSecret)
    const [{ provider_call_id: callId }] = await lookUp(
      installation,
      'select provider_call_id from client_secrets where session_id = $1',
      [bareId(started.session.id)],
    )
    const sessionId = started.session.id
    await mutate(client, mutation, mutation === 'endSession' ? { input: { sessionId } } : { sessionId })
    const hangUps = installation.provider.requests.filter((request) => request.path.endsWith('/hangup'))
    expect(hangUps).toMatchObject([
      {
        path: `/v1/realtime/calls/${callId}/hangup`,
        headers: { authorization: `Bearer ${installation.provider.apiKey}` },
      },
    ])
  },
)

it('hangs up a call that was answered after the session had ended', async () => {
  installation.provider.mood = { kind: 'slow', afterMs: 300 }
  const asked = sendOffer(installation.url, started.clientSecret)
  await expect.poll(() => callRequests().length).toBe(1)
  await mutate(client, 'endSession', { input: { sessionId: started.session.id } })
  await expectRefused(await asked)
  installation.provider.mood = { kind: 'well' }
  expect(installation.provider.requests.filter((request) => request.path.endsWith('/hangup'))).toHaveLength(1)
})
