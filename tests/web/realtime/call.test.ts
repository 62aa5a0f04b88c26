// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Call, type CallEnd, type CallState } from '../../../web/realtime/call.ts'
import { watchCall, type CallHealth } from '../../../web/realtime/call-monitor.ts'
import type { ServerEvent } from '../../../server/domain/realtime-events/server-event.ts'
import { FakePeer } from '../support/fake-peer.ts'

const states: [CallState, CallEnd | null][] = []
const events: [ServerEvent['kind'], number][] = []
const newCall = (connectTimeoutMs = 15_000): Call =>
  new Call({
    learnerTrack: {} as MediaStreamTrack,
    secret: { callNumber: 1, value: 'ek_test', callUrl: '/calls/1' },
    connectTimeoutMs,
    events: {
      onEvent: (event, order) => events.push([event.kind, order]),
      onState: (state, end) => states.push([state, end]),
      onRemoteStream: () => undefined,
    },
  })
const answering = (status = 201) =>
  vi.fn(async (_url: URL, _init: RequestInit) => new Response('the answer', { status }))

beforeEach(() => {
  states.length = 0
  events.length = 0
  vi.stubGlobal('RTCPeerConnection', FakePeer)
  vi.stubGlobal('MediaStream', class {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function connect(): Promise<Call> {
  vi.stubGlobal('fetch', answering())
  const call = newCall()
  const connected = call.connect()
  await vi.waitFor(() => expect(FakePeer.last.answer).toBe('the answer'))
  FakePeer.last.channel.open()
  await connected
  return call
}

describe('a call', () => {
  it('sends its offer to the address of the secret, with the secret', async () => {
    const fetch = answering()
    vi.stubGlobal('fetch', fetch)
    const connected = newCall().connect()
    await vi.waitFor(() => expect(FakePeer.last.answer).toBe('the answer'))
    FakePeer.last.channel.open()
    await connected
    const [url, init] = fetch.mock.calls[0] ?? []
    expect(url?.pathname).toBe('/calls/1')
    expect(init).toMatchObject({
      method: 'POST',
      body: 'the offer',
      headers: { 'content-type': 'application/sdp', authorization: 'Bearer ek_test' },
    })
    expect(states).toEqual([['connected', null]])
  })

  it('numbers events in the order in which they came', async () => {
    await connect()
    for (const type of ['output_audio_buffer.started', 'output_audio_buffer.stopped'])
      FakePeer.last.channel.dispatchEvent(
        new MessageEvent('message', { data: JSON.stringify({ type, response_id: 'r' }) }),
      )
    expect(events).toEqual([
      ['audio-started', 1],
      ['audio-stopped', 2],
    ])
  })

  it('is over when the channel alone closes', async () => {
    const call = await connect()
    FakePeer.last.channel.close()
    expect(states.at(-1)).toEqual(['closed', 'channel-closed'])
    expect(FakePeer.last.isClosed).toBe(true)
    expect(call.send({ type: 'response.create' })).toBe(false)
  })

  it('is over when the connection fails, and unsteady while it may come back', async () => {
    await connect()
    for (const state of ['disconnected', 'failed']) {
      FakePeer.last.connectionState = state
      FakePeer.last.dispatchEvent(new Event('connectionstatechange'))
    }
    expect(states.slice(1)).toEqual([
      ['unsteady', null],
      ['closed', 'connection-failed'],
    ])
  })

  it('asks for a word while it is unsteady, is trusted again by any, and is given up where none comes', async () => {
    vi.useFakeTimers()
    await connect()
    const { channel } = FakePeer.last
    const stall = (): void => {
      FakePeer.last.connectionState = 'disconnected'
      FakePeer.last.dispatchEvent(new Event('connectionstatechange'))
    }
    stall()
    expect(channel.sent.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual(['session.update'])
    await vi.advanceTimersByTimeAsync(7_900)
    channel.dispatchEvent(new MessageEvent('message', { data: '{"type":"session.updated","session":{}}' }))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(states.slice(1)).toEqual([
      ['unsteady', null],
      ['connected', null],
    ])
    stall()
    await vi.advanceTimersByTimeAsync(8_000)
    expect(states.at(-1)).toEqual(['closed', 'connection-failed'])
  })

  it('rejects and closes where the offer is refused, or nobody answers in time', async () => {
    vi.stubGlobal('fetch', answering(410))
    await expect(newCall().connect()).rejects.toThrow('410')
    expect(states).toEqual([['closed', 'connection-failed']])
    vi.stubGlobal('fetch', answering())
    await expect(newCall(5).connect()).rejects.toThrow('too long')
  })

  it('says how long to wait where there is no room for a call', async () => {
    const headers = { 'retry-after': '60' }
    vi.stubGlobal('fetch', async () => new Response('{"error":{}}', { status: 429, headers }))
    await expect(newCall().connect()).rejects.toMatchObject({
      name: 'ApiFault',
      isRetryable: true,
      retryAfterMs: 60_000,
    })
  })

  it('waits for the other end to hang up, and then does so itself', async () => {
    vi.useFakeTimers()
    const call = await connect()
    const hungUp = call.hangUp(1_000)
    await vi.advanceTimersByTimeAsync(999)
    expect(states.at(-1)).toEqual(['connected', null])
    await vi.advanceTimersByTimeAsync(1)
    await hungUp
    expect(states.at(-1)).toEqual(['closed', 'hung-up'])
  })
})

describe('the watch over a call', () => {
  it('warns when a constant flow stops, and takes it back when it goes on', async () => {
    vi.useFakeTimers()
    let packets = 0
    let isFlowing = true
    const seen: CallHealth[] = []
    const getStats = async () => {
      if (isFlowing) packets += 25
      return new Map([['a', { type: 'inbound-rtp', packetsReceived: packets }]]) as unknown as RTCStatsReport
    }
    const stop = watchCall({ getStats }, (health) => seen.push(health))
    await vi.advanceTimersByTimeAsync(5_000)
    isFlowing = false
    await vi.advanceTimersByTimeAsync(3_000)
    expect(seen.at(-1)).toBe('stalled')
    isFlowing = true
    await vi.advanceTimersByTimeAsync(500)
    expect(seen.at(-1)).toBe('steady')
    stop()
  })
})
