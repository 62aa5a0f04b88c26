/** What one server node learns of a plan holds on the others within a second, whatever they remember. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withConnection } from '../db/stored-rows.ts'
import { GraphqlClient } from '../support/graphql-client.ts'
import { startTestRedis, type TestRedis } from '../support/redis-server.ts'
import { describeWithRedis } from '../support/redis-skip.ts'
import { PayingWorld, viewerIdOf } from './a-payer.ts'
import { mutate } from './mutations.ts'

const withinMs = 1_000
/** Locked accounts have no feedback here: asking for some is a check that goes by what is remembered. */
const noPractice = { DAILY_MINUTES_LOCKED: '0' }

function holdsOnEveryNode(settings: () => Record<string, string>): void {
  let world: PayingWorld
  let otherUrl: string

  beforeAll(async () => {
    world = await PayingWorld.start({ ...noPractice, ...settings() })
    otherUrl = (await world.installation.startNode()).url
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

  it('a cancellation while no node hears another', async () => {
    const { client, subscription } = await world.payer()
    const there = await remembered(client)
    const stopCutting = keepCutting(world.installation.database.adminUrl)
    try {
      await world.tell(world.stripe.change(subscription, { status: 'canceled' }))
      await expectLocked(there)
    } finally {
      await stopCutting()
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

async function ask(client: GraphqlClient): Promise<string> {
  const sessionId = 'Conversation_0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e'
  return (await mutate(client, 'requestEvaluation', { sessionId })).__typename
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

/** Cuts the connections that carry the bells, as often as they come back. Gives what stops it. */
function keepCutting(adminUrl: string): () => Promise<void> {
  let isOn = true
  const cutting = withConnection(adminUrl, async (client) => {
    while (isOn) {
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'parley-bus'`,
      )
    }
  })
  return async () => {
    isOn = false
    await cutting
  }
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
