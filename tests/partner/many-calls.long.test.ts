/** Many calls at once: what happens to one leaves the others alone, and one that has gone is noticed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callPartner } from '../support/partner-peer.ts'
import { startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { childrenOf } from '../support/process-tree.ts'
import { startTalkingPeers } from '../support/talking-peers-process.ts'

const INSTRUCTIONS = 'topic=a1-introductions; level=A1; pause=700; speed=1'
const AUDIBLE = 0.03

let partner: RunningPartner
beforeAll(async () => {
  partner = await startPartnerProcess()
})
afterAll(async () => {
  await partner.stop()
})

const mint = () => partner.mint(INSTRUCTIONS)
const health = async () => (await (await partner.request('/health')).json()) as { calls: number }
const endedCalls = () =>
  partner.stderr.flatMap((line) => {
    const { event, callId } = JSON.parse(line) as { event: string; callId?: string }
    return event === 'call-ended' && callId ? [callId] : []
  })

async function openTalk() {
  const peer = await callPartner(partner.baseUrl, await mint())
  await peer.waitFor('session.created')
  peer.send({ type: 'response.create' })
  return { peer, opening: await peer.turn() }
}

describe('a media process that dies', () => {
  test('takes its own call with it and no other, and new calls are answered at once', async () => {
    const talks = [await openTalk(), await openTalk()]
    const [victim = 0] = childrenOf(partner.child.pid ?? 0)
    process.kill(victim, 'SIGKILL')
    const [first] = talks
    await first?.peer.until(() => endedCalls().length > 0, 'end of a call in the log')

    const askedAtMs = performance.now()
    const next = await callPartner(partner.baseUrl, await mint())
    expect(performance.now() - askedAtMs).toBeLessThan(1_000)
    await next.waitFor('session.created')

    const survivors = talks.filter(({ peer }) => !endedCalls().includes(peer.callId))
    expect(survivors).toHaveLength(1)
    for (const { peer, opening } of survivors) {
      const fromMs = performance.now()
      peer.type('r1')
      expect((await peer.turn(opening.endIndex)).said).not.toBe('')
      await peer.until(() => peer.heard.some((frame) => frame.atMs > fromMs && frame.rms > AUDIBLE), 'sound')
      await peer.hangUp()
    }
    for (const { peer } of talks) peer.close()
    await next.hangUp()
    await expect.poll(async () => (await health()).calls).toBe(0)
  })
})

describe('a learner who is gone without a goodbye', () => {
  test('is noticed within seconds', async () => {
    const peers = await startTalkingPeers()
    await peers.call(partner.baseUrl, await mint(), null)
    expect(await health()).toMatchObject({ calls: 1 })
    const goneAtMs = performance.now()
    peers.kill()
    await expect.poll(async () => (await health()).calls, { timeout: 20_000, interval: 50 }).toBe(0)
    const tookMs = performance.now() - goneAtMs
    expect(tookMs).toBeGreaterThan(4_000)
    expect(tookMs).toBeLessThan(8_000)
  })

  test('is not given up while the network only stumbles', async () => {
    const peers = await startTalkingPeers()
    await peers.call(partner.baseUrl, await mint(), null)
    const before = endedCalls().length
    peers.signal('SIGSTOP')
    const stoppedAtMs = performance.now()
    await expect.poll(() => performance.now() - stoppedAtMs, { timeout: 10_000, interval: 50 }).toBeGreaterThan(3_500)
    peers.signal('SIGCONT')
    await expect.poll(() => performance.now() - stoppedAtMs, { timeout: 20_000, interval: 50 }).toBeGreaterThan(10_000)
    expect(endedCalls()).toHaveLength(before)
    peers.kill()
    await expect.poll(() => endedCalls().length, { timeout: 20_000 }).toBe(before + 1)
  })

  test('is not mistaken for one without a microphone', async () => {
    const peer = await callPartner(partner.baseUrl, await mint(), false)
    await peer.waitFor('session.created')
    const fromMs = performance.now()
    await peer.until(() => performance.now() - fromMs > 9_000, 'time')
    expect(peer.isChannelClosed).toBe(false)
    peer.send({ type: 'response.create' })
    expect((await peer.turn()).said).not.toBe('')
    await peer.hangUp()
  })
})
