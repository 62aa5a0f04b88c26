/** How often, and how much at once: one caller who asks for too much is refused, and the others notice nothing. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { parseConfig } from '../../server/config.ts'
import { tooManySocketsCode } from '../../server/http/graphql-ws.ts'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'

let installation: TestInstallation
beforeAll(async () => {
  installation = await startTestInstallation({
    env: { MAX_WEBSOCKETS: '2', MAX_SUBSCRIPTIONS: '5', REQUESTS_PER_MINUTE: '60', TRUST_PROXY: '1' },
  })
})
afterAll(() => installation.close())

/** A socket that has said what it has to say first; `answer` is what came back, a message or a close code. */
async function openRaw(client: GraphqlClient): Promise<{ socket: WebSocket; answer: string | number }> {
  const socket = new WebSocket(`${client.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { cookie: client.cookie ?? '' },
  })
  await once(socket, 'open')
  const answer = new Promise<string | number>((resolve) => {
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString('utf8')).type))
    socket.once('close', resolve)
  })
  socket.send(JSON.stringify({ type: 'connection_init' }))
  return { socket, answer: await answer }
}

describe('WebSockets', () => {
  it('of one account are only so many at once, and other accounts have their own', async () => {
    const [one, other] = [await signUpClient(installation.url), await signUpClient(installation.url)]
    const first = await openRaw(one)
    expect([first.answer, (await openRaw(one)).answer]).toEqual(['connection_ack', 'connection_ack'])
    expect((await openRaw(one)).answer).toBe(tooManySocketsCode)
    expect((await openRaw(other)).answer).toBe('connection_ack')
    first.socket.close()
    await once(first.socket, 'close')
    // The server hears of it a moment later.
    await expect.poll(async () => (await openRaw(one)).answer).toBe('connection_ack')
  })

  it('follow only so much at once, and what they follow goes on', async () => {
    const client = await signUpClient(installation.url)
    const socket = client.openSocket()
    const follow = (): AsyncIterator<unknown> =>
      socket.iterate({ query: 'subscription { historyUpdated { kind } }' }) as AsyncIterator<unknown>
    const ready = { done: false, value: { data: { historyUpdated: { kind: 'READY' } } } }
    const five = Array.from({ length: 5 }, follow)
    expect(await Promise.all(five.map((one) => one.next()))).toEqual(five.map(() => ready))
    await expect(follow().next()).rejects.toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }])
    await five[0]?.return?.()
    await expect
      .poll(() =>
        follow()
          .next()
          .catch(() => null),
      )
      .toEqual(ready)
    await socket.dispose()
  })

  it('that send a message of more than 64 KiB are closed', async () => {
    const { socket } = await openRaw(await signUpClient(installation.url))
    socket.send('x'.repeat(64 * 1024 + 1))
    expect((await once(socket, 'close'))[0]).toBe(1009)
  })

  it('that do not begin are closed', async () => {
    const socket = new WebSocket(`${installation.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    expect((await once(socket, 'close'))[0]).toBe(4408)
  })
})

describe('requests', () => {
  const ask = async (client: GraphqlClient, address?: string) =>
    client.send('{ partnerTier }', {}, address === undefined ? {} : { 'x-forwarded-for': address })
  const statuses = async (count: number, one: () => Promise<{ status: number }>): Promise<number[]> =>
    (await Promise.all(Array.from({ length: count }, one))).map(({ status }) => status)

  it('of one account are only so many in a minute, and other accounts have their own', async () => {
    const [one, other] = [await signUpClient(installation.url), await signUpClient(installation.url)]
    const answers = await statuses(61, () => ask(one))
    expect([
      answers.filter((status) => status === 200).length,
      answers.filter((status) => status === 429).length,
    ]).toEqual([60, 1])
    const { headers, errors, data } = await ask(one)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect([errors?.[0]?.extensions.code, data]).toEqual(['RATE_LIMITED', undefined])
    expect((await ask(other)).status).toBe(200)
    const socket = one.openSocket()
    const refused = socket.iterate({ query: 'subscription { historyUpdated { kind } }' }).next()
    await expect(refused).rejects.toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
    await socket.dispose()
  })

  it('of nobody count by the address that our own proxy tells', async () => {
    const visitor = new GraphqlClient(installation.url)
    expect(await statuses(60, () => ask(visitor, '192.0.2.1'))).not.toContain(429)
    expect((await ask(visitor, '192.0.2.1')).status).toBe(429)
    // What stands before it is what the client made up.
    expect((await ask(visitor, '192.0.2.9, 192.0.2.1')).status).toBe(429)
    expect((await ask(visitor, '192.0.2.2')).status).toBe(200)
  })
})

it.each([
  ['MAX_WEBSOCKETS', 'maxSockets'],
  ['MAX_SUBSCRIPTIONS', 'maxSubscriptions'],
  ['REQUESTS_PER_MINUTE', 'requestsPerMinute'],
  ['MUTATIONS_PER_MINUTE', 'mutationsPerMinute'],
  ['FILE_REQUESTS_PER_MINUTE', 'fileRequestsPerMinute'],
] as const)('the setting %s changes %s', (variable, name) => {
  expect(parseConfig({ [variable]: '777' }).api).toEqual({ ...parseConfig({}).api, [name]: 777 })
})
