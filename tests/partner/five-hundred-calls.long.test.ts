/** Five hundred calls that begin and end at random, in every way there is: the partner lives, forgets them, and does not grow. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { openSpeaker } from '../support/partner-speech.ts'
import { mediaProcessesOf, memoryOf } from '../support/process-tree.ts'
import { startTalkingPeers, type TalkingPeers } from '../support/talking-peers-process.ts'

const CALLS = 500
const AT_ONCE = 8
const LONGEST_CALL_MS = 6_000
const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? 20_261_121)
/** Each so many calls, a client process is killed. */
const CLIENT_KILL_EACH = 25
/** After these many calls, a media process is killed. */
const MEDIA_KILLS = [40, 80, 120, 160, 200]
/**
 * Memory counts from here. A process keeps what its fullest moment needed, a detector for each call: before, calls move to
 * what is left each time a media process dies, and that moment is still to come.
 */
const SETTLED_CALLS = 250
const MOST_GROWTH_MB = 30
const INSTRUCTIONS = 'topic=a1-introductions; level=A1; pause=700; speed=1'

let partner: RunningPartner
let said: Int16Array
beforeAll(async () => {
  const speaker = openSpeaker()
  said = await speaker.say('I am very well, thank you.')
  await speaker.close()
  partner = await startPartnerProcess()
})
afterAll(async () => {
  await partner.stop()
})

test(`of ${CALLS} calls none is left, and nothing grows`, { timeout: 12 * 60_000 }, async () => {
  console.info(`PARLEY_TEST_SEED=${SEED}`)
  const chance = seeded(SEED)
  const pid = partner.child.pid ?? 0
  const clients = [await startTalkingPeers(), await startTalkingPeers()]
  const counts = { 'hang-up': 0, leave: 0, 'client-kill': 0, 'media-kill': 0, unanswered: 0 }
  const memory = new Map<string, { call: number; megabytes: number }[]>()
  let begun = 0

  const oneCall = async (): Promise<void> => {
    const index = (begun += 1)
    const place = Math.floor(chance() * clients.length)
    const client = clients[place]
    if (!client) throw new Error('No client')
    const key = await openCall(client, chance() < 0.5 ? said : null)
    await delay(chance() * LONGEST_CALL_MS)
    if (index % CLIENT_KILL_EACH === 0) {
      counts['client-kill'] += 1
      clients[place] = await startTalkingPeers()
      client.kill()
    } else if (MEDIA_KILLS.includes(index)) {
      counts['media-kill'] += 1
      const [victim] = mediaProcessesOf(pid).toSorted(() => chance() - 0.5)
      if (victim) process.kill(victim, 'SIGKILL')
    } else if (key === null) {
      counts.unanswered += 1
    } else {
      const isPolite = chance() < 0.5
      counts[isPolite ? 'hang-up' : 'leave'] += 1
      if (isPolite) client.hangUp(key)
      else client.leave(key)
    }
    if (index >= SETTLED_CALLS && index % 10 === 0) noteMemory(memory, pid, index)
  }
  const line = async (): Promise<void> => {
    if (begun >= CALLS) return
    await oneCall()
    await line()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, line))

  const health = async () => (await (await partner.request('/health')).json()) as { calls: number }
  await expect.poll(async () => (await health()).calls, { timeout: 30_000 }).toBe(0)
  for (const client of clients) client.kill()
  console.info(counts)
  expect(partner.child.exitCode).toBeNull()
  // A client that is killed takes calls along that were just being made.
  expect(counts.unanswered).toBeLessThan(CALLS / 10)
  for (const [name, samples] of memory) {
    console.info(name, samples.map(({ call, megabytes }) => `${call}: ${megabytes}`).join(', '))
    expect(growthOf(samples), `growth of ${name} in MB`).toBeLessThan(MOST_GROWTH_MB)
  }
})

/** Null when it was not answered. */
async function openCall(client: TalkingPeers, words: Int16Array | null): Promise<number | null> {
  const secret = await partner.mint(INSTRUCTIONS)
  return client.call(partner.baseUrl, secret, words).catch(() => null)
}

function noteMemory(memory: Map<string, { call: number; megabytes: number }[]>, main: number, call: number) {
  for (const pid of [main, ...mediaProcessesOf(main)]) {
    const megabytes = memoryOf(pid)
    const name = pid === main ? 'the main process' : `media process ${pid}`
    if (megabytes !== null) memory.set(name, [...(memory.get(name) ?? []), { call, megabytes }])
  }
}

/** From the first half to the second, without the first samples of a process that was just started. */
function growthOf(samples: readonly { megabytes: number }[]): number {
  const settled = samples.slice(3).map(({ megabytes }) => megabytes)
  const half = Math.floor(settled.length / 2)
  return half < 3 ? 0 : mean(settled.slice(half)) - mean(settled.slice(0, half))
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
