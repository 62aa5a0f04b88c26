/** Attacks that go on for long: nobody is turned away who means no harm, and the memory comes back. */
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { measureLiveMebibytes, settleMemory } from '../support/live-memory.ts'
import {
  askMeanwhile,
  type AttackedWorld,
  bombs,
  reportMeanwhile,
  sendSlowly,
  startAttackedWorld,
  throwBombs,
} from './bombs.ts'
import { openSockets } from './many-sockets.ts'

const mostGrowthMebibytes = 20
let world: AttackedWorld

beforeAll(async () => {
  world = await startAttackedWorld()
})
afterAll(() => world.installation.close())

/** Attacks, after a smaller attack of the same kind in which what is made once and kept is made. */
async function attack(name: string, small: () => Promise<void>, whole: () => Promise<void>): Promise<void> {
  const listFaults = (): string[] => world.installation.logs.filter((line) => line.includes('a request failed'))
  onTestFailed(() => console.info(`the server’s own faults: ${listFaults().join('')}`))
  await askMeanwhile(world.harmless, small)
  expect(listFaults()).toEqual([])
  world.installation.logs.length = 0
  const before = measureLiveMebibytes()
  const tookMs = await askMeanwhile(world.harmless, whole)
  expect(listFaults()).toEqual([])
  world.installation.logs.length = 0
  reportMeanwhile(name, tookMs, await settleMemory(before, mostGrowthMebibytes))
}

async function openSilentSockets(count: number, step: number): Promise<void> {
  const codes = await openSockets(world.installation.url, { count, step })
  expect(codes.filter((code) => code !== 4408)).toEqual([])
}

/** So many times, one after the other: every bomb five times and fifty bodies that trickle in, all at once. */
async function throwEverything(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const trickles = Array.from({ length: 50 }, async () =>
      expect(await sendSlowly(world.installation.url)).toBe('HTTP/1.1 408 Request Timeout'),
    )
    await Promise.all([throwBombs(world.installation.url, world.attacker.cookie, 5), ...trickles])
  }
}

it('10,000 connections that never say anything', () =>
  attack(
    '10,000 connections',
    () => openSilentSockets(1_000, 100),
    () => openSilentSockets(10_000, 250),
  ))

it('documents, variables and bodies that are made to hurt, all at once, ten times', () =>
  attack(
    `${bombs.length * 5} bombs and 50 bodies that trickle in, ten times`,
    () => throwEverything(1),
    () => throwEverything(10),
  ))
