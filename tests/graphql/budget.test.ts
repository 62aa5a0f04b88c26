/** What may be practised: the same request twice, a day's minutes in the account's own time zone, conversations at once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { createTestClock, startedSessionId, startInput } from './a-session.ts'
import { mutate } from './mutations.ts'

const minuteMs = 60_000
const time = createTestClock(new Date('2026-03-28T12:00:00Z'))
let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation({
    over: { clock: time.clock },
    env: { DAILY_MINUTES_BASIC: '20', MAX_ACTIVE_CONVERSATIONS: '2' },
  })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

// oxlint-disable-next-line typescript/no-explicit-any
async function start(over: { requestId?: string; level?: string } = {}): Promise<any> {
  return mutate(client, 'startSession', { input: await startInput(client, over) })
}

async function practise(minutes: number): Promise<void> {
  const sessionId = await startedSessionId(client)
  await goOn(sessionId, minutes)
  await mutate(client, 'endSession', { input: { sessionId } })
}

/** The learner is there until then: time after the last sign of life is not practised. */
async function goOn(sessionId: string, minutes: number): Promise<void> {
  time.advance(minutes * minuteMs)
  await mutate(client, 'keepAlive', { sessionId })
}

async function usage(): Promise<{ secondsUsed: number; secondsLimit: number; periodStart: string; periodEnd: string }> {
  return (await client.ask(`{ viewer { usage { secondsUsed secondsLimit periodStart periodEnd } } }`)).viewer.usage
}

describe('the same request', () => {
  it('gives the same session again without a secret, running or ended, and mints nothing', async () => {
    const requestId = randomUUID()
    const first = await start({ requestId })
    const minted = installation.provider.secrets.length
    const again = await start({ requestId })
    expect([again.session.id, again.clientSecret, first.clientSecret.callNumber]).toEqual([first.session.id, null, 1])
    await mutate(client, 'endSession', { input: { sessionId: first.session.id } })
    const afterEnd = await start({ requestId: requestId.toUpperCase() })
    expect(afterEnd).toMatchObject({
      __typename: 'StartSessionPayload',
      session: { id: first.session.id, status: 'ENDED' },
      clientSecret: null,
    })
    expect(installation.provider.secrets).toHaveLength(minted)
    expect(await mutate(client, 'mintClientSecret', { sessionId: first.session.id })).toMatchObject({ status: 'ENDED' })
  })

  it.each([
    [{ level: 'C2' }, {}],
    [{}, { level: 'A2' }],
  ])('with another level is a conflict: %o, then %o', async (one, other) => {
    const requestId = randomUUID()
    await start({ requestId, ...one })
    expect(await start({ requestId, ...other })).toMatchObject({ __typename: 'ConflictFault' })
    expect(await start({ requestId, ...one })).toMatchObject({ __typename: 'StartSessionPayload' })
  })

  it('of another account is another session', async () => {
    const requestId = randomUUID()
    const first = await start({ requestId })
    client = await signUpClient(installation.url)
    const second = await start({ requestId })
    expect(second.session.id).not.toBe(first.session.id)
    expect(second.clientSecret).not.toBeNull()
  })
})

describe("the day's minutes", () => {
  it('are told of every plan, before anyone signs in', async () => {
    const { installation: shown } = await new GraphqlClient(installation.url).ask(
      `{ installation { plans { entitlement secondsPerDay } } }`,
    )
    expect(shown.plans).toEqual([
      { entitlement: 'LOCKED', secondsPerDay: null },
      { entitlement: 'BASIC', secondsPerDay: 20 * 60 },
      { entitlement: 'PRO', secondsPerDay: null },
    ])
  })

  it('count what was practised, and all that is reserved while a session runs', async () => {
    await practise(3)
    expect(await usage()).toMatchObject({ secondsUsed: 180, secondsLimit: 1_200 })
    const sessionId = await startedSessionId(client)
    expect((await usage()).secondsUsed).toBe(180 + 900)
    await mutate(client, 'endSession', { input: { sessionId } })
    expect((await usage()).secondsUsed).toBe(180)
  })

  it('leave the last session of a day what is left, to the second', async () => {
    await practise(15)
    const started = await start()
    const alive = await mutate(client, 'keepAlive', { sessionId: started.session.id })
    expect(alive.remainingSeconds).toBe(300)
    await goOn(started.session.id, 5)
    expect(await mutate(client, 'mintClientSecret', { sessionId: started.session.id })).toMatchObject({
      __typename: 'LimitFault',
      limit: 300,
      used: 300,
    })
    await mutate(client, 'endSession', { input: { sessionId: started.session.id } })
    expect(await start()).toMatchObject({ __typename: 'LimitFault', limit: 1_200, used: 1_200 })
  })

  it.each([
    // The clocks of Berlin go forward in the night from the 28th to the 29th of March 2026.
    ['UTC', '2026-03-28T22:30:00Z', '2026-03-29T00:00:00.000Z'],
    ['Europe/Berlin', '2026-03-28T22:30:00Z', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T05:00:00Z', '2026-03-29T22:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-28T22:30:00Z', '2026-03-29T07:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-03-28T22:30:00Z', '2026-03-29T10:00:00.000Z'],
  ])('start anew at midnight in %s (at %s)', async (timeZone, now, resetsAt) => {
    time.advance(new Date(now).getTime() - 20 * minuteMs - time.clock().getTime())
    await mutate(client, 'updateViewer', { input: { timeZone } })
    await practise(10)
    await practise(10)
    expect(await start()).toMatchObject({ __typename: 'LimitFault', limit: 1_200, used: 1_200, resetsAt })
    expect((await usage()).periodEnd).toBe(resetsAt)
    time.advance(new Date(resetsAt).getTime() - 1 - time.clock().getTime())
    expect(await start()).toMatchObject({ __typename: 'LimitFault' })
    time.advance(1)
    expect((await usage()).secondsUsed).toBe(0)
    expect(await start()).toMatchObject({ __typename: 'StartSessionPayload' })
  })
})

it('a conversation that ends makes room for the next', async () => {
  const first = await startedSessionId(client)
  await startedSessionId(client)
  expect(await start()).toMatchObject({ __typename: 'LimitFault', limit: 2, used: 2, resetsAt: null })
  await mutate(client, 'endSession', { input: { sessionId: first } })
  // 15 minutes are reserved for the one that runs, so 5 are left.
  expect(await start()).toMatchObject({ __typename: 'StartSessionPayload' })
})

it('what the learner chose reaches the voice service, and nothing that names him', async () => {
  client = await signUpClient(installation.url, 'Ana')
  const { email } = (await client.ask(`{ viewer { email } }`)).viewer
  await mutate(client, 'updateViewer', { input: { endOfTurnPauseMs: 2_500, partnerSpeed: 0.8, voice: 'cedar' } })
  await start({ level: 'B2' })
  const request = installation.provider.requests.findLast((one) => one.path === '/v1/realtime/client_secrets')
  const { expires_after: life, session } = JSON.parse(request?.body ?? '')
  expect(life).toEqual({ anchor: 'created_at', seconds: 60 })
  expect(session).toMatchObject({
    type: 'realtime',
    audio: { input: { turn_detection: { silence_duration_ms: 2_500 } }, output: { voice: 'cedar', speed: 0.8 } },
  })
  expect(session.instructions).toMatch(/^topic=[\w-]+; level=B2; pause=2500\n/)
  expect(request?.headers['openai-safety-identifier']).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify([request?.headers, request?.body])).not.toContain(email)
})
