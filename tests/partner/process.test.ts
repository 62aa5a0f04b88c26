/** The partner as a process: how it starts, ends, and lives through the loss of its media process. */
import { fork, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { callPartner } from '../support/partner-peer.ts'
import { PARTNER_KEY, startPartnerProcess } from '../support/partner-process.ts'

const ENTRY = fileURLToPath(new URL('../../server/partner/main.ts', import.meta.url))
const INSTRUCTIONS = 'topic=a1-introductions; level=A1; pause=700; speed=1'

/** Process ids of the children of a process. Source: Linux proc(5), /proc/pid/task/tid/children. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('the process', () => {
  test('hangs up its calls and ends with 0 upon SIGTERM, leaving no child behind', async () => {
    const partner = await startPartnerProcess()
    const peer = await callPartner(partner.baseUrl, await partner.mint(INSTRUCTIONS))
    await peer.waitFor('session.created')
    const children = childrenOf(partner.child.pid ?? 0)
    expect(children.length).toBeGreaterThan(0)
    const startedAtMs = performance.now()
    expect(await partner.stop()).toBe(0)
    expect(performance.now() - startedAtMs).toBeLessThan(3_500)
    await peer.until(() => peer.isChannelClosed, 'end of the call')
    peer.close()
    expect(children.filter(isRunning)).toEqual([])
  })

  test('tells its parent where it listens, and ends when the parent has gone', async () => {
    const child = fork(ENTRY, { env: { PARTNER_API_KEY: PARTNER_KEY }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const message = await new Promise((resolve) => child.once('message', resolve))
    expect(message).toEqual({ event: 'listening', port: expect.any(Number) })
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.disconnect()
    expect(await exited).toBe(0)
  })

  test('refuses to start without its key, naming the variable', async () => {
    const child = spawn(process.execPath, [ENTRY], { env: {}, stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', (chunk) => (text += String(chunk)))
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect(code).toBe(1)
    expect(text).toMatch(/^PARTNER_API_KEY is required/)
  })
})

describe('calls that end', () => {
  test('are forgotten when the tab has closed its connection', async () => {
    const partner = await startPartnerProcess()
    const peer = await callPartner(partner.baseUrl, await partner.mint(INSTRUCTIONS))
    await peer.waitFor('session.created')
    peer.close()
    await peer.until(() => partner.stderr.some((line) => line.includes('call-ended')), 'end of the call in the log')
    expect(await (await partner.request('/health')).json()).toMatchObject({ status: 'ok', calls: 0 })
    await partner.stop()
  })

  test('are lost with the media process, but the partner takes new ones', async () => {
    const partner = await startPartnerProcess()
    const peer = await callPartner(partner.baseUrl, await partner.mint(INSTRUCTIONS))
    await peer.waitFor('session.created')
    for (const media of childrenOf(partner.child.pid ?? 0)) process.kill(media, 'SIGKILL')
    await peer.until(() => partner.stderr.some((line) => line.includes('call-ended')), 'end of the call in the log')
    expect(await (await partner.request('/health')).json()).toMatchObject({ status: 'ok', calls: 0 })
    peer.close()

    const next = await callPartner(partner.baseUrl, await partner.mint(INSTRUCTIONS))
    await next.waitFor('session.created')
    next.send({ type: 'response.create' })
    expect((await next.turn()).said).toContain('How are you today?')
    await next.hangUp()
    await partner.stop()
  })
})
