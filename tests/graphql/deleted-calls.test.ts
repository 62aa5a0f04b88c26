/** A call whose session is deleted while the voice service does not take its end: told again until it does, and no receipt says otherwise. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { jobsOf, runNow } from './a-recording.ts'
import { bareId, lookUp, sendOffer, startInput } from './a-session.ts'
import { mutate } from './mutations.ts'

const refusal = { kind: 'status', status: 500, only: '/hangup' } as const

let installation: TestInstallation
let client: GraphqlClient
// oxlint-disable-next-line typescript/no-explicit-any
let started: { session: { id: string }; clientSecret: any }

beforeAll(async () => {
  installation = await startTestInstallation()
  // The first one is an administrator, who has to stay.
  await signUpClient(installation.url)
})
afterAll(() => installation.close())
beforeEach(async () => {
  client = await signUpClient(installation.url)
  started = await mutate(client, 'startSession', { input: await startInput(client) })
  installation.provider.requests.length = 0
})
afterEach(() => {
  installation.provider.mood = { kind: 'well' }
})

interface Deletion {
  id: string
  kind: string
  openCalls: string[]
  isWhole: boolean
}

/** What is kept of it; of the account first. */
async function deletions(): Promise<Deletion[]> {
  const columns = `id, kind, open_calls as "openCalls", verified_at is not null as "isWhole"`
  const mine = 'user_id = (select user_id from deletions where session_id = $1)'
  return lookUp(installation, `select ${columns} from deletions where ${mine} order by kind`, [
    bareId(started.session.id),
  ])
}

/** The store was looked through. */
async function lookedThrough(): Promise<void> {
  for (const { id } of await deletions())
    await expect.poll(() => jobsOf(installation, `finish-deletion:first:${id}`)).toEqual([])
}

/** As if everything had been deleted so much earlier. */
async function sweepAfter(time: string): Promise<void> {
  await lookUp(installation, `update deletions set deleted_at = deleted_at - interval '${time}'`)
  await runNow(installation, 'abandon-sessions')
}

const hangUps = (): number => installation.provider.requests.filter(({ path }) => path.endsWith('/hangup')).length

/** Gives the id of the receipt. */
async function deleteSession(): Promise<string> {
  const { receipt } = await mutate(client, 'deleteSession', { sessionId: started.session.id })
  return receipt.id
}

async function isVerified(receiptId: string): Promise<boolean> {
  const document = `query ($id: ID!) { node(id: $id) { ... on DeletionReceipt { verified } } }`
  return (await client.ask(document, { id: receiptId })).node.verified
}

const onTheLine = [{ kind: 'SESSION', openCalls: [expect.stringMatching(/^rtc_/)], isWhole: false }]
const over = [{ kind: 'SESSION', openCalls: [], isWhole: true }]

it('is told again until the voice service takes it, and the receipt waits for that', async () => {
  await sendOffer(installation.url, started.clientSecret)
  installation.provider.mood = refusal
  const receiptId = await deleteSession()
  await lookedThrough()
  expect([hangUps(), await isVerified(receiptId)]).toEqual([1, false])
  await sweepAfter('1 minute')
  expect(hangUps()).toBeGreaterThan(1)
  expect([await isVerified(receiptId), await deletions()]).toMatchObject([false, onTheLine])
  installation.provider.mood = { kind: 'well' }
  await sweepAfter('1 minute')
  await expect.poll(() => isVerified(receiptId)).toBe(true)
  expect(await deletions()).toMatchObject(over)
  const told = hangUps()
  await sweepAfter('1 minute')
  expect(hangUps()).toBe(told)
})

it('is told at once, and once where the voice service takes it', async () => {
  await sendOffer(installation.url, started.clientSecret)
  const document = 'select provider_call_id as id from client_secrets where session_id = $1'
  const [call] = await lookUp(installation, document, [bareId(started.session.id)])
  const receiptId = await deleteSession()
  expect(installation.provider.requests.at(-1)?.path).toBe(`/v1/realtime/calls/${call.id}/hangup`)
  await expect.poll(() => isVerified(receiptId)).toBe(true)
  await sweepAfter('1 minute')
  expect([hangUps(), await deletions()]).toMatchObject([1, over])
})

it('is told no more once the call has ended by itself', async () => {
  await sendOffer(installation.url, started.clientSecret)
  installation.provider.mood = refusal
  const receiptId = await deleteSession()
  await sweepAfter('61 minutes')
  await expect.poll(() => isVerified(receiptId)).toBe(true)
  expect([hangUps(), await deletions()]).toMatchObject([1, over])
})

it('is told again where the call was being connected while its session was deleted', async () => {
  installation.provider.mood = { kind: 'slow', afterMs: 300 }
  const offer = sendOffer(installation.url, started.clientSecret)
  await expect.poll(() => installation.provider.requests.length).toBe(1)
  installation.provider.mood = refusal
  const receiptId = await deleteSession()
  expect((await offer).status).toBe(401)
  await lookedThrough()
  expect([hangUps(), await isVerified(receiptId), await deletions()]).toMatchObject([1, false, onTheLine])
  installation.provider.mood = { kind: 'well' }
  await sweepAfter('1 minute')
  await expect.poll(() => isVerified(receiptId)).toBe(true)
  expect(hangUps()).toBeGreaterThan(1)
  expect(await deletions()).toMatchObject(over)
})

it('is told again where the whole account was deleted, which is not done before', async () => {
  await sendOffer(installation.url, started.clientSecret)
  installation.provider.mood = refusal
  const deleted = await mutate(client, 'deleteAccount', { input: { password: 'a good password' } })
  expect(deleted.__typename).toBe('DeleteAccountPayload')
  await lookedThrough()
  expect(await deletions()).toMatchObject([{ kind: 'ACCOUNT', openCalls: [], isWhole: false }, ...onTheLine])
  installation.provider.mood = { kind: 'well' }
  await sweepAfter('1 minute')
  const whole = [{ kind: 'ACCOUNT', openCalls: [], isWhole: true }, ...over]
  await expect.poll(deletions).toMatchObject(whole)
  expect(hangUps()).toBeGreaterThan(1)
})
