/** A server that follows a call beside the browser: what it gets, what it may do, and who may not. */
import { once } from 'node:events'
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { assertWellFormed } from '../support/partner-events.ts'
import { callPartner, type PartnerPeer } from '../support/partner-peer.ts'
import { PARTNER_KEY, startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'

let partner: RunningPartner
beforeAll(async () => {
  partner = await startPartnerProcess()
})
afterAll(async () => {
  await partner.stop()
})

async function startCall() {
  const peer = await callPartner(partner.baseUrl, await partner.mint('topic=a1-introductions; level=A1; speed=1'))
  await peer.waitFor('session.created')
  return peer
}

function connect(query: string, key: string | null = PARTNER_KEY) {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` }
  return new WebSocket(`${partner.baseUrl.replace('http', 'ws')}/v1/realtime${query}`, { headers })
}

async function follow(callId: string) {
  const socket = connect(`?call_id=${callId}`)
  const events: RealtimeServerEvent[] = []
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString('utf8')) as RealtimeServerEvent
    assertWellFormed(event)
    events.push(event)
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'message')
  return { socket, events, closed, send: (event: object) => socket.send(JSON.stringify(event)) }
}

/** Both have got everything: the last event of one has come to the other. */
async function inStep(peer: PartnerPeer, events: readonly RealtimeServerEvent[], from: number) {
  const ids = (list: readonly RealtimeServerEvent[]) => list.map((event) => ('event_id' in event ? event.event_id : ''))
  await peer.until(() => ids(peer.events).at(-1) === ids(events).at(-1), 'same last event')
  expect(ids(events.slice(1))).toEqual(ids(peer.events.slice(from)))
}

describe('a server beside the browser', () => {
  test('begins with the session as it is now, and gets every event from then on', async () => {
    const peer = await startCall()
    peer.send({
      type: 'session.update',
      session: { type: 'realtime', instructions: 'topic=a1-introductions; level=A1' },
    })
    await peer.waitFor('session.updated')
    const from = peer.events.length
    const server = await follow(peer.callId)
    expect(server.events[0]).toMatchObject({
      type: 'session.created',
      session: { instructions: 'topic=a1-introductions; level=A1', parley: { tier: 3 } },
    })
    expect(peer.events.slice(1).some((event) => event.type === 'session.created')).toBe(false)
    peer.send({ type: 'response.create' })
    await peer.turn(from)
    await peer.waitFor('output_audio_buffer.started')
    await inStep(peer, server.events, from)
    await peer.hangUp()
    expect(await server.closed).toBe(1000)
  })

  test('does what the browser can do, and is told of its faults', async () => {
    const peer = await startCall()
    const from = peer.events.length
    const server = await follow(peer.callId)
    server.send({ type: 'response.create', response: { metadata: { by: 'server' } } })
    expect((await peer.waitFor('response.created')).response.metadata).toEqual({ by: 'server' })
    await peer.turn()
    server.send({ type: 'response.sing', event_id: 'wrong' })
    await peer.waitFor('error', from, (event) => event.error.event_id === 'wrong')
    await peer.until(() => server.events.some((event) => event.type === 'error'), 'error at the server')
    server.socket.close()
    await server.closed
    peer.type('r1')
    await peer.turn(peer.events.length)
    await peer.hangUp()
  })

  test.each([
    ['without a key', async () => connect('?call_id=rtc_none', null), 401],
    ['with a wrong key', async () => connect('?call_id=rtc_none', 'wrong'), 401],
    ['with a client secret', async () => connect('?call_id=rtc_none', await partner.mint('x')), 401],
    ['of a call that is not there', async () => connect('?call_id=rtc_none'), 404],
    ['of no call', async () => connect('?model=gpt-realtime-2.1'), 400],
  ])('is refused %s', async (_name, open, status) => {
    const socket = await open()
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
    expect(response.statusCode).toBe(status)
    socket.on('error', () => {})
    socket.terminate()
  })

  test('is refused where the call has enough of them', async () => {
    const peer = await startCall()
    const servers = await Promise.all([1, 2, 3, 4].map(() => follow(peer.callId)))
    const fifth = connect(`?call_id=${peer.callId}`)
    const [, response] = (await once(fifth, 'unexpected-response')) as [unknown, { statusCode: number }]
    expect(response.statusCode).toBe(429)
    fifth.on('error', () => {})
    fifth.terminate()
    await peer.hangUp()
    expect(await Promise.all(servers.map((server) => server.closed))).toEqual([1000, 1000, 1000, 1000])
  })

  test('is given up when it sends more than an event may hold; the call goes on', async () => {
    const peer = await startCall()
    const server = await follow(peer.callId)
    server.send({ type: 'session.update', session: { type: 'realtime', instructions: 'x'.repeat(300_000) } })
    expect(await server.closed).toBe(1009)
    peer.send({ type: 'response.create' })
    await peer.turn()
    await peer.hangUp()
  })

  test('is given up when it does not read; the call goes on', async () => {
    const peer = await startCall()
    const server = await follow(peer.callId)
    server.socket.pause()
    const instructions = `topic=a1-introductions\n${'x'.repeat(60_000)}`
    const isGivenUp = () => partner.stderr.some((line) => line.includes('sideband-too-slow'))
    for (let count = 1; count <= 600 && !isGivenUp(); count += 1) {
      peer.send({ type: 'session.update', session: { type: 'realtime', instructions } })
      await peer.until(() => peer.events.filter((event) => event.type === 'session.updated').length === count, 'update')
    }
    expect(isGivenUp()).toBe(true)
    server.socket.resume()
    expect(await server.closed).toBe(1013)
    peer.send({ type: 'response.create' })
    await peer.turn()
    await peer.hangUp()
  })
})
