/** Each way in which the partner misbehaves on order, met over real HTTP and WebRTC. */
import OpenAI from 'openai'
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callPartner, type PartnerPeer } from '../support/partner-peer.ts'
import { guidedSession, PARTNER_KEY, startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { openSpeaker, type Speaker } from '../support/partner-speech.ts'

const TALK = 'topic=a1-introductions; level=A1; pause=400; speed=1'
const OFFER = 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n'
const TRANSCRIBED = 'conversation.item.input_audio_transcription.completed'

let partner: RunningPartner
let speaker: Speaker
let hello: Int16Array
beforeAll(async () => {
  speaker = openSpeaker()
  hello = await speaker.say('I am very well, thank you.')
  partner = await startPartnerProcess({ PARTNER_TEST_MODE: '1' })
})
afterAll(async () => {
  await speaker.close()
  await partner.stop()
})

async function call(scenario: Record<string, unknown>, session: Record<string, unknown> = {}) {
  const peer = await callPartner(partner.baseUrl, await partner.mint(TALK, session, scenario))
  await peer.waitFor('session.created')
  return peer
}

async function greet(peer: PartnerPeer) {
  const from = peer.events.length
  peer.send({ type: 'response.create' })
  const turn = await peer.turn(from)
  await peer.waitFor('output_audio_buffer.stopped', from)
  return turn
}

/** Says something and waits for the partner's whole answer; where in the events that began. */
async function talk(peer: PartnerPeer) {
  const from = peer.events.length
  await peer.speak(hello)
  await peer.turn(from)
  await peer.waitFor('output_audio_buffer.stopped', from)
  return from
}

const arrivalOf = (peer: PartnerPeer, event: RealtimeServerEvent) => peer.arrivals[peer.events.indexOf(event)] ?? 0

describe.concurrent('transcripts', () => {
  test('come late, while the answer comes in time', async () => {
    const peer = await call({ transcripts: { delayMs: 4_000 } })
    const from = await talk(peer)
    const created = await peer.waitFor('response.created', from)
    const words = await peer.waitFor(TRANSCRIBED, from)
    expect(arrivalOf(peer, words) - arrivalOf(peer, created)).toBeGreaterThan(4_000)
    expect(peer.events.indexOf(words)).toBeGreaterThan(peer.events.findIndex((event) => event.type === 'response.done'))
    await peer.hangUp()
  })

  test('fail', async () => {
    const peer = await call({ transcripts: { isFailed: true } })
    const from = await talk(peer)
    const failed = await peer.waitFor('conversation.item.input_audio_transcription.failed', from)
    expect(failed.item_id).toBe((await peer.waitFor('input_audio_buffer.committed', from)).item_id)
    const types = peer.events.map((event) => event.type)
    expect(types.filter((type) => type.includes('input_audio_transcription'))).toHaveLength(1)
    await peer.hangUp()
  })

  test('come in another order than the turns', async () => {
    const peer = await call({ transcripts: { isReordered: true } })
    await talk(peer)
    await talk(peer)
    await peer.until(() => ofType(peer, TRANSCRIBED).length === 2, 'second transcript')
    const turns = ofType(peer, 'input_audio_buffer.committed').map((event) => event.item_id)
    expect(ofType(peer, TRANSCRIBED).map((event) => event.item_id)).toEqual(turns.toReversed())
    await peer.hangUp()
  })
})

describe.concurrent('connections', () => {
  test('lose their data channel', async () => {
    const peer = await call({ connection: { fault: 'close-channel', afterMs: 300 } })
    await peer.until(() => peer.isChannelClosed, 'end of the channel')
    expect(peer.state).toBe('connected')
    peer.close()
  })

  test('vanish after a response: the other side only notices that nothing comes', async () => {
    const peer = await call({ connection: { fault: 'vanish', afterResponses: 1 } })
    peer.send({ type: 'response.create' })
    await peer.turn()
    await peer.until(() => peer.state === 'disconnected' || peer.state === 'failed', 'loss of the connection')
    expect(peer.isChannelClosed).toBe(false)
    peer.close()
  })

  test('freeze: they stay, and nothing comes any more', async () => {
    const peer = await call({ connection: { fault: 'freeze', afterResponses: 2, afterMs: 0 } })
    await greet(peer)
    peer.type('r1')
    await peer.turn(peer.events.length)
    const frozenAt = peer.events.length
    peer.send({ type: 'session.update', session: { type: 'realtime' } })
    const askedAtMs = performance.now()
    await peer.until(() => performance.now() > askedAtMs + 2_000, 'two seconds')
    expect(peer.events.slice(frozenAt).filter((event) => event.type === 'session.updated')).toEqual([])
    expect(peer.state).toBe('connected')
    expect(peer.isChannelClosed).toBe(false)
    peer.close()
  })

  test('expire when their time is up: the browser is told, and the call ends', async () => {
    const peer = await call({ expiresAfterMs: 2_000 })
    const session = peer.events[0]?.type === 'session.created' ? peer.events[0].session : {}
    const expiresAt = (session as { expires_at?: number }).expires_at ?? 0
    expect(Math.abs(expiresAt - Date.now() / 1_000 - 2)).toBeLessThan(2)
    const fault = await peer.waitFor('error')
    expect(fault.error).toMatchObject({ code: 'session_expired', event_id: null })
    await peer.until(() => peer.isChannelClosed, 'end of the call')
    peer.close()
  })
})

function ofType<T extends RealtimeServerEvent['type']>(peer: PartnerPeer, type: T) {
  return peer.events.filter((event): event is Extract<RealtimeServerEvent, { type: T }> => event.type === type)
}

describe.concurrent('the learner speaks', () => {
  test('while the answer is being made: it is cancelled', async () => {
    const peer = await call({ speech: [{ response: 1, after: 'created', atMs: 0 }] })
    peer.send({ type: 'response.create' })
    const done = await peer.waitFor('response.done')
    expect(done.response).toMatchObject({ status: 'cancelled', status_details: { reason: 'turn_detected' } })
    const second = await peer.waitFor('response.created', peer.events.indexOf(done))
    await peer.waitFor('response.done', 0, (event) => event.response.id === second.response.id)
    await peer.hangUp()
  })

  test('when it has been made and is heard: it is cut, and was complete', async () => {
    const peer = await call({ speech: [{ response: 1, after: 'sound', atMs: 1_000 }] })
    peer.send({ type: 'response.create' })
    const truncated = await peer.waitFor('conversation.item.truncated')
    const order = ['response.done', 'input_audio_buffer.speech_started', 'output_audio_buffer.cleared']
    const at = order.map((type) => peer.events.findIndex((event) => event.type === type))
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(at).not.toContain(-1)
    expect(ofType(peer, 'response.done')[0]?.response.status).toBe('completed')
    expect(truncated.audio_end_ms).toBeGreaterThan(600)
    expect(truncated.audio_end_ms).toBeLessThan(3_000)
    await peer.hangUp()
  })

  test('and goes on, as one who thought aloud: his second speech is answered, once', async () => {
    const speech = [
      { response: 1, after: 'sound', atMs: 1_000, forMs: 500 },
      { response: 2, after: 'created', atMs: 0, forMs: 500 },
    ]
    const peer = await call({ speech })
    peer.send({ type: 'response.create' })
    await peer.until(() => ofType(peer, 'response.done').length === 3, 'third response')
    expect(ofType(peer, 'response.done').map(({ response }) => response.status)).toEqual([
      'completed',
      'cancelled',
      'completed',
    ])
    await peer.until(() => ofType(peer, TRANSCRIBED).length === 2, 'both transcripts')
    expect(ofType(peer, TRANSCRIBED).map((event) => event.item_id)).toEqual(
      ofType(peer, 'input_audio_buffer.committed').map((event) => event.item_id),
    )
    await peer.hangUp()
  })

  test('at the same time as the partner, where nobody may be interrupted: both are heard out', async () => {
    const detection = { type: 'server_vad', silence_duration_ms: 400, interrupt_response: false }
    const audio = { input: { transcription: { model: 'gpt-transcribe' }, turn_detection: detection } }
    const peer = await call({ speech: [{ response: 1, after: 'sound', atMs: 500 }] }, { audio })
    peer.send({ type: 'response.create' })
    const first = await peer.turn()
    await peer.waitFor('output_audio_buffer.stopped', 0, (event) => event.response_id === first.responseId)
    expect(ofType(peer, 'input_audio_buffer.speech_started')).toHaveLength(1)
    expect(ofType(peer, 'output_audio_buffer.cleared')).toEqual([])
    await peer.until(() => ofType(peer, 'response.done').length === 2, 'answer to it')
    await peer.hangUp()
  })
})

describe('offers', () => {
  const offer = async (calls: Record<string, unknown>, secret?: string) => {
    const key = secret ?? (await partner.mint(TALK, {}, { calls }))
    const startedAtMs = performance.now()
    const answer = await partner.request('/v1/realtime/calls', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
      body: OFFER,
    })
    return { answer, afterMs: performance.now() - startedAtMs }
  }

  test.each([
    [{ status: 401 }, 401, null],
    [{ status: 429, retryAfterSeconds: 7 }, 429, '7'],
    [{ status: 500 }, 500, null],
  ])('are refused: %j', async (calls, status, retryAfter) => {
    const { answer } = await offer(calls)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('retry-after')).toBe(retryAfter)
    expect(await answer.json()).toMatchObject({ error: { message: expect.any(String), code: expect.any(String) } })
  })

  test('are answered slowly', async () => {
    const peerSecret = await partner.mint(TALK, {}, { calls: { delayMs: 1_500 } })
    const startedAtMs = performance.now()
    const peer = await callPartner(partner.baseUrl, peerSecret)
    expect(performance.now() - startedAtMs).toBeGreaterThan(1_500)
    await peer.waitFor('session.created')
    await peer.hangUp()
  })

  test('are answered with garbage', async () => {
    const { answer } = await offer({ isGarbage: true })
    expect(answer.status).toBe(201)
    expect(await answer.text()).not.toMatch(/^v=0/)
  })

  test('are refused so many times only', async () => {
    const secret = await partner.mint(TALK, {}, { calls: { status: 500, times: 2 } })
    expect((await offer({}, secret)).answer.status).toBe(500)
    expect((await offer({}, secret)).answer.status).toBe(500)
    const peer = await callPartner(partner.baseUrl, secret)
    await peer.waitFor('session.created')
    await peer.hangUp()
  })
})

describe('the minting of secrets', () => {
  const client = () =>
    new OpenAI({ apiKey: PARTNER_KEY, baseURL: `${partner.baseUrl}/v1`, maxRetries: 0, logLevel: 'off' })
  const mint = (secrets: Record<string, unknown>) =>
    client().post<unknown>('/realtime/client_secrets', {
      body: { session: guidedSession(TALK), parley: { scenario: { secrets } } },
    })

  test.each([
    [{ status: 401 }, OpenAI.AuthenticationError],
    [{ status: 429, retryAfterSeconds: 3 }, OpenAI.RateLimitError],
    [{ status: 500 }, OpenAI.InternalServerError],
  ])('is refused, as the official SDK understands: %j', async (secrets, fault) => {
    await expect(mint(secrets)).rejects.toThrow(fault)
  })

  test('is slow, or garbage', async () => {
    const startedAtMs = performance.now()
    expect(await mint({ delayMs: 1_000 })).toMatchObject({ value: expect.stringMatching(/^ek_/) })
    expect(performance.now() - startedAtMs).toBeGreaterThan(1_000)
    expect(await mint({ isGarbage: true })).toEqual(expect.stringContaining('<html>'))
  })

  test('names what is wrong with a scenario', async () => {
    await expect(mint({ status: 418 })).rejects.toMatchObject({ status: 400, param: 'parley.scenario.secrets.status' })
  })
})
