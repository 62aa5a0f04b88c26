/** How many calls the partner takes, and what it says to those beyond. */
import { describe, expect, test } from 'vitest'
import { createCapacity } from '../../server/partner/capacity.ts'
import { hasMicrophone } from '../../server/partner/session/offer.ts'
import { callPartner } from '../support/partner-peer.ts'
import { startPartnerProcess } from '../support/partner-process.ts'

describe('more calls than it can take', () => {
  test('are refused with the time to wait, until one has ended', async () => {
    const partner = await startPartnerProcess({ PARTNER_MOST_CALLS: '2' })
    const open = async () => callPartner(partner.baseUrl, await partner.mint('topic=b1-travel'))
    const calls = [await open(), await open()]
    await Promise.all(calls.map((peer) => peer.waitFor('session.created')))
    expect(await (await partner.request('/health')).json()).toMatchObject({ calls: 2, capacity: 2 })
    const refused = await partner.request('/v1/realtime/calls', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await partner.mint('topic=b1-travel')}`,
        'content-type': 'application/sdp',
      },
      body: 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n',
    })
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'too_many_calls' } })
    // Talks last 8 minutes as far as it knows, and there are two.
    expect(Number(refused.headers.get('retry-after'))).toBe(60)
    await calls[0]?.hangUp()
    const next = await open()
    await next.waitFor('session.created')
    await Promise.all([next.hangUp(), calls[1]?.hangUp()])
    await partner.stop()
  })

  test('with one secret are a secret gone astray', async () => {
    const partner = await startPartnerProcess()
    const secret = await partner.mint('topic=b1-travel')
    const peers = await Promise.all([1, 2, 3, 4, 5].map(() => callPartner(partner.baseUrl, secret)))
    await expect(callPartner(partner.baseUrl, secret)).rejects.toThrow(/429.*too_many_calls/)
    const other = await callPartner(partner.baseUrl, await partner.mint('topic=b1-travel'))
    for (const peer of [...peers, other]) peer.close()
    await partner.stop()
  })
})

describe('the time to wait', () => {
  test('follows from how long calls have lasted, and how many there are', () => {
    const capacity = createCapacity(20)
    expect(capacity.secondsUntilFree(20)).toBe(24)
    for (let call = 0; call < 60; call += 1) capacity.callEnded(call < 10 ? 3_600_000 : 100_000)
    expect(capacity.secondsUntilFree(20)).toBe(5)
    expect(capacity.secondsUntilFree(1)).toBe(60)
  })
})

describe('a microphone in an offer', () => {
  test.each([
    ['m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\nm=application 9 X', true],
    ['m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=application 9 X', true],
    ['m=application 9 X\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendonly\r\n', true],
    ['m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=recvonly\r\nm=application 9 X\r\na=sendrecv', false],
    ['m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\nm=application 9 X', false],
    ['a=recvonly\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=application 9 X', false],
    ['m=application 9 X', false],
  ])('%j: %s', (rest, expected) => {
    expect(hasMicrophone(`v=0\r\n${rest}`)).toBe(expected)
  })
})
