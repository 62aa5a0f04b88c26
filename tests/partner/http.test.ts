/** The HTTP surface of the running partner: secrets, offers, errors in the form of OpenAI's API, cross-origin rules. */
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import OpenAI from 'openai'
import { callPartner } from '../support/partner-peer.ts'
import { guidedSession, PARTNER_KEY, startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'

let partner: RunningPartner
beforeAll(async () => {
  partner = await startPartnerProcess()
})
afterAll(async () => {
  await partner.stop()
})

async function faultOf(answer: Response) {
  const body = (await answer.json()) as { error: { type: string; code: string; message: string; param: string | null } }
  expect(Object.keys(body.error).toSorted()).toEqual(['code', 'message', 'param', 'type'])
  return { status: answer.status, code: body.error.code, param: body.error.param }
}

const post = (path: string, key: string, body: string, type = 'application/json') =>
  partner.request(path, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': type }, body })
const offer = (key: string, sdp: string, type = 'application/sdp') => post('/v1/realtime/calls', key, sdp, type)

async function mintFor(seconds: number) {
  const session = guidedSession('topic=b1-travel')
  const answer = await post(
    '/v1/realtime/client_secrets',
    PARTNER_KEY,
    JSON.stringify({ expires_after: { anchor: 'created_at', seconds }, session }),
  )
  return ((await answer.json()) as { value: string }).value
}

describe('health', () => {
  test('tells that it is warm, and how many calls there are', async () => {
    const health = { status: 'ok', tier: 3, calls: 0, capacity: Math.max(20, 10 * availableParallelism()) }
    expect(await (await partner.request('/health')).json()).toEqual(health)
  })
})

describe('client secrets', () => {
  test('are minted through the official SDK, with the effective configuration', async () => {
    const client = new OpenAI({ apiKey: PARTNER_KEY, baseURL: `${partner.baseUrl}/v1` })
    const session = {
      type: 'realtime' as const,
      model: 'parley-partner',
      instructions: 'topic=b1-travel; level=B1; pause=1500',
    }
    const secret = await client.realtime.clientSecrets.create({
      expires_after: { anchor: 'created_at', seconds: 60 },
      session,
    })
    expect(secret.value).toMatch(/^ek_/)
    expect(secret.expires_at - Date.now() / 1_000).toBeGreaterThan(50)
    expect(secret.expires_at - Date.now() / 1_000).toBeLessThan(61)
    expect(secret.session).toMatchObject({
      type: 'realtime',
      model: 'parley-partner',
      audio: { input: { turn_detection: { silence_duration_ms: 1_500 } } },
    })
  })

  test.each([
    [
      'without a key',
      () => partner.request('/v1/realtime/client_secrets', { method: 'POST' }),
      { status: 401, code: 'missing_api_key' },
    ],
    [
      'with a wrong key',
      () => post('/v1/realtime/client_secrets', 'wrong', '{}'),
      { status: 401, code: 'invalid_api_key' },
    ],
    [
      'with a body that is not JSON',
      () => post('/v1/realtime/client_secrets', PARTNER_KEY, '{'),
      { status: 400, code: 'invalid_json' },
    ],
    [
      'with a time to live out of range',
      () => post('/v1/realtime/client_secrets', PARTNER_KEY, '{"expires_after":{"seconds":5}}'),
      { status: 400, param: 'expires_after.seconds' },
    ],
    [
      'with a scenario, outside of test mode',
      () => post('/v1/realtime/client_secrets', PARTNER_KEY, '{"parley":{"scenario":{}}}'),
      { status: 400, code: 'scenario_not_allowed', param: 'parley.scenario' },
    ],
    [
      'with a body that is too large',
      () => post('/v1/realtime/client_secrets', PARTNER_KEY, `"${'x'.repeat(600_000)}"`),
      { status: 413 },
    ],
  ])('are refused %s', async (_name, ask, expected) => {
    expect(await faultOf(await ask())).toMatchObject(expected)
  })
})

describe('offers', () => {
  test('are answered with all candidates, only those set, and a place for the call', async () => {
    const peer = await callPartner(partner.baseUrl, await partner.mint('topic=b1-travel'))
    expect(peer.callId).toMatch(/^rtc_/)
    await peer.waitFor('session.created')
    expect(await (await partner.request('/health')).json()).toMatchObject({ calls: 1 })
    await peer.hangUp()
    expect(await (await partner.request('/health')).json()).toMatchObject({ calls: 0 })
  })

  test.each([
    [
      'with the partner’s own key',
      async () => offer(PARTNER_KEY, 'v=0'),
      { status: 401, code: 'invalid_client_secret' },
    ],
    ['with an unknown secret', async () => offer('ek_unknown', 'v=0'), { status: 401, code: 'invalid_client_secret' }],
    ['that are garbage', async () => offer(await partner.mint('x'), 'hello'), { status: 400, code: 'invalid_offer' }],
    [
      'that only look like one',
      async () => offer(await partner.mint('x'), 'v=0\r\nm=application nonsense\r\n'),
      { status: 400, code: 'invalid_offer' },
    ],
    [
      'without a data channel',
      async () => offer(await partner.mint('x'), 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'),
      { status: 400, code: 'invalid_offer' },
    ],
    [
      'of another type',
      async () => offer(await partner.mint('x'), 'v=0', 'text/plain'),
      { status: 415, code: 'unsupported_content_type' },
    ],
    [
      'that are too large',
      async () => offer(await partner.mint('x'), `v=0${'x'.repeat(200_000)}`),
      { status: 413, code: 'request_too_large' },
    ],
  ])('are refused %s', async (_name, ask, expected) => {
    expect(await faultOf(await ask())).toMatchObject(expected)
    expect(await (await partner.request('/health')).json()).toMatchObject({ calls: 0 })
  })
})

describe('hanging up', () => {
  const hangUp = (callId: string, key?: string) =>
    partner.request(`/v1/realtime/calls/${callId}/hangup`, {
      method: 'POST',
      ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
    })

  test('needs the partner’s key, or the secret that opened the call', async () => {
    const peer = await callPartner(partner.baseUrl, await partner.mint('topic=b1-travel'))
    await peer.waitFor('session.created')
    const another = await partner.mint('topic=b1-travel')
    expect(await faultOf(await hangUp(peer.callId))).toMatchObject({ status: 401, code: 'missing_api_key' })
    for (const key of ['wrong', another])
      expect(await faultOf(await hangUp(peer.callId, key))).toMatchObject({ status: 401, code: 'invalid_api_key' })
    expect(await (await partner.request('/health')).json()).toMatchObject({ calls: 1 })
    expect((await hangUp(peer.callId, PARTNER_KEY)).status).toBe(200)
    expect(await (await partner.request('/health')).json()).toMatchObject({ calls: 0 })
    expect(await faultOf(await hangUp(peer.callId, PARTNER_KEY))).toMatchObject({
      status: 404,
      code: 'call_id_not_found',
    })
    expect(await faultOf(await hangUp(peer.callId, another))).toMatchObject({ status: 401 })
    peer.close()
  })

  test('is possible with a secret that has expired, and such a call goes on until then', async () => {
    const expiresAtMs = Date.now() + 10_000
    const secret = await mintFor(10)
    const peer = await callPartner(partner.baseUrl, secret)
    await peer.waitFor('session.created')
    await peer.until(() => Date.now() > expiresAtMs + 500, 'expiry of the secret')
    expect(await faultOf(await offer(secret, 'v=0'))).toMatchObject({ status: 401, code: 'invalid_client_secret' })
    peer.send({ type: 'response.create' })
    expect((await peer.turn()).said).not.toBe('')
    expect((await hangUp(peer.callId, secret)).status).toBe(200)
    peer.close()
  })
})

describe('the tier', () => {
  test.each([
    ['with a microphone', true, 3],
    ['without one', false, 5],
  ])('is told %s', async (_name, hasMicrophone, tier) => {
    const peer = await callPartner(partner.baseUrl, await partner.mint('topic=b1-travel'), hasMicrophone)
    expect((await peer.waitFor('session.created')).session).toMatchObject({ parley: { tier } })
    peer.send({ type: 'session.update', session: { type: 'realtime' } })
    expect((await peer.waitFor('session.updated')).session).toMatchObject({ parley: { tier } })
    peer.type('Hello!')
    const turn = await peer.turn()
    expect(turn.said).not.toBe('')
    await peer.until(() => peer.loudestSince(0) > 0.02, 'sound of the partner')
    await peer.hangUp()
  })
})

describe('everything else', () => {
  test.each([
    ['GET', '/', 404, 'unknown_url'],
    ['GET', '/v1/realtime/calls', 405, 'method_not_supported'],
  ])('%s %s is %i', async (method, path, status, code) => {
    expect(await faultOf(await partner.request(path, { method }))).toMatchObject({ status, code })
  })

  test('a browser elsewhere may ask, and read where its call is', async () => {
    const answer = await partner.request('/v1/realtime/calls', {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:5173',
        'access-control-request-headers': 'authorization,content-type,x-openai-agents-sdk',
      },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect(answer.headers.get('access-control-allow-headers')).toContain('x-openai-agents-sdk')
    expect(answer.headers.get('access-control-expose-headers')).toBe('Location')
  })

  test('logs hold neither secrets nor what was said', async () => {
    const secret = await partner.mint(guidedSession('topic=b1-travel').instructions)
    const log = [...partner.stderr, ...partner.stdout].join('\n')
    expect(log).not.toContain(secret)
    expect(log).not.toContain(PARTNER_KEY)
    expect(partner.stdout).toHaveLength(1)
  })
})
