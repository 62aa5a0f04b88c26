/** An account that its owner closes: all that is theirs goes, on every device, and what must remain says nothing. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStream } from '../subscriptions/stream.ts'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { storedRecordingId } from './a-recording.ts'
import { bareId, endedSessionId, lookUp, sendOffer, startInput } from './a-session.ts'
import { PayingWorld } from './a-payer.ts'
import { mutate } from './mutations.ts'

const password = 'a good password'
let world: PayingWorld
let installation: TestInstallation

beforeAll(async () => {
  world = await PayingWorld.start()
  installation = world.installation
})
afterAll(() => world.close())

async function idAndEmail(client: GraphqlClient): Promise<{ userId: string; email: string }> {
  const { viewer } = await client.ask('{ viewer { id email } }')
  return { userId: bareId(viewer.id), email: viewer.email }
}

async function tablesThatName(userId: string): Promise<string[]> {
  const columns = await lookUp(
    installation,
    `select table_name as name, column_name as column from information_schema.columns
      where table_schema = 'public' and column_name in ('user_id', 'id')`,
  )
  const found: string[] = []
  for (const { name, column } of columns) {
    const rows = await lookUp(installation, `select 1 from ${name} where ${column}::text = $1 limit 1`, [userId])
    if (rows.length > 0) found.push(name)
  }
  return found
}

async function deletionsOf(
  userId: string,
): Promise<{ kind: string; customer_id: string | null; verified_at: Date | null }[]> {
  return lookUp(installation, 'select kind, customer_id, verified_at from deletions where user_id = $1 order by kind', [
    userId,
  ])
}

const allVerified = (userId: string) =>
  expect
    .poll(async () => (await deletionsOf(userId)).every((each) => each.verified_at !== null), { timeout: 20_000 })
    .toBe(true)

describe('an account', () => {
  it('goes with all that is theirs, from the database at once and from the store soon after', async () => {
    const client = await signUpClient(installation.url)
    const { userId, email } = await idAndEmail(client)
    const sessionId = await endedSessionId(client, segmentInput('a', { text: 'A secret of mine' }))
    await storedRecordingId(client, sessionId, Buffer.from('some audio'))
    const cookie = client.cookie
    expect(await mutate(client, 'deleteAccount', { input: { password } })).toEqual({
      __typename: 'DeleteAccountPayload',
      deletedId: `Viewer_${userId}`,
    })
    expect(await tablesThatName(userId)).toEqual(['deletions'])
    await allVerified(userId)
    expect((await deletionsOf(userId)).map(({ kind }) => kind)).toEqual(['ACCOUNT', 'SESSION'])
    const keys: string[] = []
    for await (const { key } of installation.blobs.list(`recordings/${bareId(sessionId)}/`)) keys.push(key)
    expect(keys).toEqual([])
    client.cookie = cookie
    expect((await client.send('{ viewer { id } }')).data?.viewer ?? null).toBeNull()
    const again = await mutate(new GraphqlClient(installation.url), 'signIn', { input: { email, password } })
    expect(again.__typename).toBe('UnauthenticatedFault')
    const anew = await mutate(new GraphqlClient(installation.url), 'signUp', { input: { email, password } })
    expect(anew.__typename).toBe('SignUpPayload')
  })

  it('ends what is followed on every device, and hangs its calls up', async () => {
    const client = await signUpClient(installation.url)
    const { email } = await idAndEmail(client)
    const other = new GraphqlClient(installation.url)
    await mutate(other, 'signIn', { input: { email, password } })
    const started = await mutate(client, 'startSession', { input: await startInput(client) })
    await sendOffer(installation.url, started.clientSecret)
    const socket = other.openSocket((await installation.startNode()).url)
    const session = openStream(
      socket,
      'sessionUpdated',
      'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { id } }',
      { id: started.session.id },
    )
    const history = openStream(socket, 'historyUpdated', 'subscription { historyUpdated { kind } }')
    await Promise.all([session, history].map((stream) => stream.until((received) => received.length > 0)))
    await mutate(client, 'deleteAccount', { input: { password } })
    await Promise.all([session.completed, history.completed])
    expect(installation.provider.requests.at(-1)?.path).toMatch(/hangup$/)
    await socket.dispose()
  })

  it('that a payment service knows is deleted there too, as soon as it answers', async () => {
    const { client, subscription } = await world.payer('PRO')
    const { userId } = await idAndEmail(client)
    const customerId = subscription.customer
    world.stripe.isAway = true
    await mutate(client, 'deleteAccount', { input: { password } })
    const key = (
      await lookUp(installation, `select key from graphile_worker.jobs where key like 'finish-deletion:first:%'`)
    )[0]?.key
    await expect
      .poll(
        async () =>
          (await lookUp(installation, 'select attempts from graphile_worker.jobs where key = $1', [key]))[0]?.attempts,
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0)
    expect(await deletionsOf(userId)).toEqual([{ kind: 'ACCOUNT', customer_id: customerId, verified_at: null }])
    world.stripe.isAway = false
    await allVerified(userId)
    expect(world.stripe.customers.map(({ id }) => id)).not.toContain(customerId)
    expect(subscription.status).toBe('canceled')
    expect((await deletionsOf(userId))[0]?.customer_id).toBeNull()
  })

  it('stays, with all that is in it, when the password is wrong', async () => {
    const client = await signUpClient(installation.url)
    const sessionId = await endedSessionId(client)
    await mutate(client, 'deleteAccount', { input: { password: 'a wrong password' } })
    expect((await client.ask('query ($id: ID!) { session(id: $id) { id } }', { id: sessionId })).session).toEqual({
      id: sessionId,
    })
  })
})

it('of two administrators who leave at the same moment one stays', async () => {
  const own = await startTestInstallation()
  try {
    const [first, second] = [await signUpClient(own.url), await signUpClient(own.url)]
    await lookUp(own, `update users set role = 'ADMIN'`)
    const answers = await Promise.all(
      [first, second].map((each) => mutate(each, 'deleteAccount', { input: { password } })),
    )
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['ConflictFault', 'DeleteAccountPayload'])
    expect(await lookUp(own, `select count(*)::int as count from users where role = 'ADMIN'`)).toEqual([{ count: 1 }])
  } finally {
    await own.close()
  }
})

it('the only administrator goes once the server has made another one', async () => {
  const own = await startTestInstallation()
  try {
    const [first, second] = [await signUpClient(own.url), await signUpClient(own.url)]
    await lookUp(own, `update users set role = 'ADMIN' where id = $1`, [(await idAndEmail(first)).userId])
    expect(await mutate(first, 'deleteAccount', { input: { password } })).toMatchObject({
      __typename: 'ConflictFault',
      message: expect.stringContaining('npm run make-admin'),
    })
    const { appUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = own.database
    const { email } = await idAndEmail(second)
    const makeAdmin = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['server/maintain.ts', 'make-admin', ...words], {
        env: { PATH: process.env['PATH'] ?? '', DATABASE_URL, DATABASE_OWNER_URL },
      })
    await expect(makeAdmin('nobody@example.org')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nobody has an account with the address nobody@example.org'),
    })
    expect((await makeAdmin(email.toUpperCase())).stdout).toContain('is an administrator now')
    expect((await mutate(first, 'deleteAccount', { input: { password } })).__typename).toBe('DeleteAccountPayload')
  } finally {
    await own.close()
  }
})
