/** How often a caller may ask is counted by all server nodes together where they share a Redis, and by each where that is away. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { startTestRedis, type TestRedis } from '../support/redis-server.ts'
import { describeWithRedis } from '../support/redis-skip.ts'

const mostRequests = 60

describeWithRedis('callers of several nodes', () => {
  let redis: TestRedis
  let installation: TestInstallation
  let otherUrl: string
  beforeAll(async () => {
    redis = await startTestRedis()
    const env = { REDIS_URL: redis.url, REQUESTS_PER_MINUTE: String(mostRequests) }
    installation = await startTestInstallation({ env })
    otherUrl = (await installation.startNode()).url
  })
  afterAll(async () => {
    await installation?.close()
    await redis?.close()
  })

  /** The same account on both nodes. */
  async function callers(): Promise<[GraphqlClient, GraphqlClient]> {
    const here = await signUpClient(installation.url)
    const there = new GraphqlClient(otherUrl)
    there.cookie = here.cookie
    return [here, there]
  }

  async function statusesOf(client: GraphqlClient, count: number): Promise<Set<number>> {
    const statuses = new Set<number>()
    for (let index = 0; index < count; index += 1) statuses.add((await client.send('{ viewer { id } }')).status)
    return statuses
  }

  it('have one allowance on all of them', async () => {
    const [here, there] = await callers()
    expect([...(await statusesOf(here, mostRequests))]).toEqual([200])
    const refused = await there.send('{ viewer { id } }')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it.each(['stopped and started again, empty', 'too slow to wait for'])('are served while Redis is %s', async (how) => {
    const [here, there] = await callers()
    if (how === 'too slow to wait for') redis.pause()
    else await redis.restart()
    try {
      for (const client of [here, there]) expect((await client.send('{ viewer { id } }')).status).toBe(200)
      // Each node counts for itself then, and still refuses who asks for too much.
      if (how === 'too slow to wait for') expect([...(await statusesOf(here, mostRequests))]).toEqual([200, 429])
    } finally {
      redis.resume()
    }
  })
})
