/** What one server node learns of a plan holds on the others within a second, whatever they remember. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withConnection } from '../db/stored-rows.ts'
import { GraphqlClient } from '../support/graphql-client.ts'
import { startTestRedis, type TestRedis } from '../support/redis-server.ts'
import { describeWithRedis } from '../support/redis-skip.ts'
import { PayingWorld, viewerIdOf } from './a-payer.ts'
import { mutate } from './mutations.ts'

const withinMs = 1_000

function holdsOnEveryNode(settings: () => Record<string, string>): void {
  let world: PayingWorld
  let otherUrl: string
  let carriersOfOther: number[]

  beforeAll(async () => {
    world = await PayingWorld.start(settings())
    const { adminUrl } = world.installation.database
    const carriers = await listBellCarriers(adminUrl)
    otherUrl = (await world.installation.startNode()).url
    carriersOfOther = (await listBellCarriers(adminUrl)).filter((pid) => !carriers.includes(pid))
  })
  afterAll(() => world.close())
  beforeEach(() => world.calm())

  it('a cancellation that one node is told of', async () => {
    const { client, subscription } = await world.payer()
    const there = await remembered(client)
    await world.tell(world.stripe.change(subscription, { status: 'canceled' }))
    await expectLocked(there)
  })

  it('what an administrator sets', async () => {
    const { client } = await world.payer()
    const there = await remembered(client)
    const userId = `User_${await viewerIdOf(client)}`
    await mutate(world.administrator, 'setEntitlement', { userId, entitlement: 'LOCKED' })
    await expectLocked(there)
  })

  it('a change by a hand in the database', async () => {
    const { client } = await world.payer()
    const there = await remembered(client)
    const userId = await viewerIdOf(client)
    await withConnection(world.installation.database.adminUrl, (connection) =>
      connection.query(`update users set entitlement = 'LOCKED' where id = $1`, [userId]),
    )
    await expectLocked(there)
  })

  it('a cancellation while a node is deaf, and does not know it', async () => {
    const { client, subscription } = await world.payer()
    const there = await remembered(client)
    // Its connection stays as it is, and carries nothing.
    for (const pid of carriersOfOther) process.kill(pid, 'SIGSTOP')
    try {
      await world.tell(world.stripe.change(subscription, { status: 'canceled' }))
      await expectLocked(there)
    } finally {
      for (const pid of carriersOfOther) process.kill(pid, 'SIGCONT')
    }
  })

  it('an upgrade, as soon', async () => {
    const { client, subscription } = await world.payer()
    await world.tell(world.stripe.change(subscription, { status: 'unpaid' }))
    const there = onOther(client)
    expect(await ask(there)).toBe('EntitlementFault')
    await world.tell(world.stripe.change(subscription, { status: 'active' }))
    await expectWithin(there, 'NotFoundFault')
  })

  function onOther(client: GraphqlClient): GraphqlClient {
    const there = new GraphqlClient(otherUrl)
    there.cookie = client.cookie
    return there
  }

  /** The account's client on the other node, which has the entitlement in mind and is sure of it. */
  async function remembered(client: GraphqlClient): Promise<GraphqlClient> {
    const there = onOther(client)
    const userId = await viewerIdOf(client)
    for (let tries = 0; tries < 100; tries += 1) {
      await ask(there)
      await setUnheard(userId, 'LOCKED')
      const isBelieved = (await ask(there)) === 'NotFoundFault'
      await setUnheard(userId, isBelieved ? 'BASIC' : 'PRO')
      if (isBelieved) return there
      // What it has read in between is told to be wrong.
      await withConnection(world.installation.database.adminUrl, (connection) =>
        connection.query(`update users set entitlement = 'BASIC' where id = $1`, [userId]),
      )
    }
    throw new Error('nothing is ever remembered')
  }

  /** As no server would: no bell rings. */
  async function setUnheard(userId: string, entitlement: string): Promise<void> {
    await withConnection(world.installation.database.adminUrl, async (connection) => {
      await connection.query('set session_replication_role = replica')
      await connection.query('update users set entitlement = $2 where id = $1', [userId, entitlement])
    })
  }
}

/** Starting a drill is refused for a locked account, by what is remembered; for any other, there is no such question. */
async function ask(client: GraphqlClient): Promise<string> {
  const activity = { drill: { questionId: 'Question_0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e' } }
  return (await mutate(client, 'startSession', { input: { requestId: randomUUID(), activity } })).__typename
}

const expectLocked = (client: GraphqlClient): Promise<void> => expectWithin(client, 'EntitlementFault')

/** No answer that was asked for a second later, or later than that, is another one. */
async function expectWithin(client: GraphqlClient, expected: string): Promise<void> {
  const changedAt = performance.now()
  let lastOther = 0
  while (performance.now() - changedAt < 2 * withinMs) {
    const askedAt = performance.now() - changedAt
    if ((await ask(client)) !== expected) lastOther = askedAt
  }
  expect(lastOther).toBeLessThan(withinMs)
}

/** The processes of the database that carry bells to the nodes. */
async function listBellCarriers(adminUrl: string): Promise<number[]> {
  const { rows } = await withConnection(adminUrl, (client) =>
    client.query(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'parley-bus'`,
    ),
  )
  return rows.map(({ pid }) => pid)
}

describe('each node remembering for itself', () => holdsOnEveryNode(() => ({})))

describeWithRedis('all nodes remembering in Redis', () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startTestRedis()
  })
  afterAll(() => redis.close())
  holdsOnEveryNode(() => ({ REDIS_URL: redis.url }))
})
