/** Requests that are made to hurt are refused soon, and whoever means no harm is answered meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  askMeanwhile,
  type AttackedWorld,
  bombs,
  reportMeanwhile,
  sendSlowly,
  startAttackedWorld,
  throwBomb,
  throwBombs,
} from './bombs.ts'
import { openSockets } from './many-sockets.ts'

let world: AttackedWorld

beforeAll(async () => {
  world = await startAttackedWorld()
})
afterAll(() => world.installation.close())

describe.each(bombs)('a bomb of %s', (_name, body, status) => {
  it(`is answered with ${status}, signed in or not, and others are served meanwhile`, async () => {
    const tookMs = await askMeanwhile(world.harmless, async () => {
      for (const cookie of [world.attacker.cookie, null]) {
        expect(await throwBomb(world.installation.url, body(), cookie)).toBe(status)
      }
    })
    expect(tookMs.length).toBeGreaterThan(0)
  })
})

it('bombs thrown all at once leave nothing behind but refusals', async () => {
  const tookMs = await askMeanwhile(world.harmless, () => throwBombs(world.installation.url, world.attacker.cookie, 5))
  reportMeanwhile(`${bombs.length * 5} bombs`, tookMs)
  expect(world.installation.logs.join('')).not.toContain('a request failed')
})

it('a body that trickles in is given up, and others are served meanwhile', async () => {
  const tookMs = await askMeanwhile(world.harmless, async () => {
    expect(await sendSlowly(world.installation.url)).toBe('HTTP/1.1 408 Request Timeout')
  })
  expect(tookMs.length).toBeGreaterThan(10)
})

it('1,000 connections that never say anything are closed, and others are served meanwhile', async () => {
  const tookMs = await askMeanwhile(world.harmless, async () => {
    const codes = await openSockets(world.installation.url, { count: 1_000, step: 100 })
    expect(codes).toEqual(Array(1_000).fill(4408))
  })
  reportMeanwhile('1,000 connections', tookMs)
})
