/** Conversations that are left open: whose call is hung up, which are closed, and which are not. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, createTestClock, lookUp, sendOffer, startInput } from './a-session.ts'
import { mutate } from './mutations.ts'

const minuteMs = 60_000
const time = createTestClock()
let installation: TestInstallation
let client: GraphqlClient
let sessionId: string

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  const { session, clientSecret } = await mutate(client, 'startSession', { input: await startInput(client) })
  sessionId = session.id
  await sendOffer(installation.url, clientSecret)
  installation.provider.requests.length = 0
})
afterAll(() => installation.close())

/** What the clock does every minute, done now. */
async function sweep(): Promise<void> {
  await lookUp(installation, `select graphile_worker.add_job('abandon-sessions', job_key => 'sweep')`)
  await expect.poll(() => lookUp(installation, `select from graphile_worker.jobs where key = 'sweep'`)).toEqual([])
}

async function status(): Promise<{ status: string; endReason: string | null; durationSeconds: number | null }> {
  return (
    await client.ask(`query ($id: ID!) { session(id: $id) { status endReason durationSeconds } }`, { id: sessionId })
  ).session
}

/** By call. */
async function isHungUp(): Promise<boolean[]> {
  const calls = await lookUp(
    installation,
    'select hung_up_at from client_secrets where session_id = $1 order by call_number',
    [bareId(sessionId)],
  )
  return calls.map((call) => call.hung_up_at !== null)
}

function hangUps(): number {
  return installation.provider.requests.filter((request) => request.path.endsWith('/hangup')).length
}

it('leaves a session alone that gives signs of life', async () => {
  for (const _minute of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) {
    time.advance(minuteMs)
    expect(await mutate(client, 'keepAlive', { sessionId })).toMatchObject({ __typename: 'KeepAlivePayload' })
  }
  await sweep()
  expect([(await status()).status, hangUps()]).toEqual(['ACTIVE', 0])
})

it('takes segments for a sign of life', async () => {
  time.advance(9 * minuteMs)
  await mutate(client, 'appendSegments', { input: { sessionId, segments: [segmentInput('a')] } })
  time.advance(5 * minuteMs)
  await sweep()
  expect((await status()).status).toBe('ACTIVE')
})

it('hangs the call up after two minutes without a sign of life, once, and keeps the session', async () => {
  time.advance(2 * minuteMs)
  await sweep()
  expect(hangUps()).toBe(0)
  time.advance(1)
  await sweep()
  await sweep()
  expect([(await status()).status, hangUps()]).toEqual(['ACTIVE', 1])
  expect(await mutate(client, 'mintClientSecret', { sessionId })).toMatchObject({
    __typename: 'MintClientSecretPayload',
  })
})

it('closes a session after ten minutes without a sign of life, with its call, as of the last one', async () => {
  time.advance(minuteMs)
  await mutate(client, 'keepAlive', { sessionId })
  time.advance(10 * minuteMs)
  await sweep()
  expect((await status()).status).toBe('ACTIVE')
  time.advance(1)
  await sweep()
  expect(await status()).toMatchObject({ status: 'ABANDONED', endReason: 'ABANDONED', durationSeconds: 60 })
  expect(hangUps()).toBe(1)
  const late = await mutate(client, 'appendSegments', { input: { sessionId, segments: [segmentInput('late')] } })
  expect(late).toMatchObject({ __typename: 'AppendSegmentsPayload' })
})

it('closes a session that is past its time, whatever signs of life it gives', async () => {
  time.advance(15 * minuteMs)
  expect(await mutate(client, 'keepAlive', { sessionId })).toMatchObject({ remainingSeconds: 0 })
  time.advance(10_000)
  await sweep()
  expect((await status()).status).toBe('ACTIVE')
  time.advance(1)
  await mutate(client, 'keepAlive', { sessionId })
  await sweep()
  expect(await status()).toEqual({ status: 'ABANDONED', endReason: 'ABANDONED', durationSeconds: 900 })
})

it('hangs a call up at the next sweep where the voice service failed when its session was closed', async () => {
  time.advance(15 * minuteMs + 10_001)
  installation.provider.mood = { kind: 'status', status: 500 }
  await sweep()
  expect([(await status()).status, await isHungUp()]).toEqual(['ABANDONED', [false]])
  installation.provider.mood = { kind: 'well' }
  await sweep()
  expect(await isHungUp()).toEqual([true])
  const tries = hangUps()
  await sweep()
  expect(hangUps()).toBe(tries)
})

it('hangs a former call up at the next sweep where the voice service failed when its page called anew', async () => {
  installation.provider.mood = { kind: 'status', status: 500, only: '/hangup' }
  const { clientSecret } = await mutate(client, 'mintClientSecret', { sessionId })
  await sendOffer(installation.url, clientSecret)
  expect(await isHungUp()).toEqual([false, false])
  installation.provider.mood = { kind: 'well' }
  await sweep()
  expect([(await status()).status, await isHungUp()]).toEqual(['ACTIVE', [true, false]])
})

it('gives a call up that has ended by itself since', async () => {
  time.advance(15 * minuteMs + 10_001)
  installation.provider.mood = { kind: 'status', status: 500 }
  await sweep()
  installation.provider.mood = { kind: 'well' }
  time.advance(120 * minuteMs)
  const tries = hangUps()
  await sweep()
  expect(hangUps()).toBe(tries)
})

it('counts the time until the crash of who comes back to end it, not the time away', async () => {
  time.advance(3 * minuteMs)
  await mutate(client, 'keepAlive', { sessionId })
  time.advance(5 * minuteMs)
  await mutate(client, 'endSession', { input: { sessionId } })
  expect(await status()).toEqual({ status: 'ENDED', endReason: 'COMPLETED', durationSeconds: 180 })
  expect((await client.ask(`{ viewer { usage { secondsUsed } } }`)).viewer.usage.secondsUsed).toBe(180)
})

it('counts all the time of who ends it as long as a call is not hung up', async () => {
  time.advance(2 * minuteMs)
  await mutate(client, 'endSession', { input: { sessionId } })
  expect((await status()).durationSeconds).toBe(120)
})

it('has a session whose call is connected closed as soon as its time is up, not when the next minute begins', async () => {
  const [job] = await lookUp(
    installation,
    `select j.run_at, s.started_at from graphile_worker.jobs j join sessions s on j.key = 'close-at-cap:' || s.id where s.id = $1`,
    [bareId(sessionId)],
  )
  expect(job.run_at.getTime() - job.started_at.getTime()).toBe(15 * minuteMs + 10_001)
})

it('tells how much time is left', async () => {
  time.advance(65_500)
  expect(await mutate(client, 'keepAlive', { sessionId })).toMatchObject({
    remainingSeconds: 900 - 66,
    session: { status: 'ACTIVE' },
  })
})
