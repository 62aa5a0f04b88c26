/** A whole installation whose server is killed again and again, at any moment of a conversation, and started again. */
import { createHash } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findFreePort } from '../../server/embedded/free-port.ts'
import { stopLeftoverPostmaster } from '../../server/embedded/leftover-process.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { type ScriptedProvider, startScriptedProvider } from '../support/scripted-provider.ts'
import { type LearnerWorld, runLearner } from './learner-run.ts'
import { createRandom, type Random } from './random.ts'

const requestsPerKill = 9

let folder: string
let env: Record<string, string>
let server: InstallationProcess
let provider: ScriptedProvider

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-killed-'))
  await chmod(folder, 0o755)
  provider = await startScriptedProvider()
  env = {
    PARLEY_DATA_DIR: path.join(folder, 'data'),
    PORT: String(await findFreePort()),
    OPENAI_BASE_URL: provider.baseUrl,
    OPENAI_API_KEY: provider.apiKey,
    LOG_LEVEL: 'error',
  }
  server = startInstallationProcess('main', env)
  await server.url
})
afterEach(async () => {
  await server.destroy()
  await provider.close()
  await stopLeftoverPostmaster(path.join(folder, 'data', 'postgres'))
  await rm(folder, { recursive: true, force: true })
})

/** Every so many requests the server dies with one under way. */
function createKillingWorld(random: Random): LearnerWorld & { kills: () => number } {
  const url = `http://127.0.0.1:${env['PORT']}`
  let untilKill = 3
  let kills = 0
  let isUp: Promise<unknown> | null = null

  async function kill(): Promise<void> {
    await delay(random.below(12))
    kills += 1
    server.signal('SIGKILL')
    await server.exitCode
    server = startInstallationProcess('main', env)
    isUp = server.url.then(() => (isUp = null))
  }

  return {
    kills: () => kills,
    nodeUrl: () => url,
    clock: () => new Date(),
    // Nobody waits longer than until the server is back.
    async wait() {
      await isUp
    },
    async send(address, init) {
      // What is refused because the server is not there yet kills nobody.
      if (isUp === null) untilKill -= 1
      const killing = untilKill === 0 ? kill() : null
      if (killing) untilKill = 1 + random.below(2 * requestsPerKill)
      try {
        const headers = { ...(init.headers as Record<string, string>), origin: url }
        return await fetch(new URL(address, url), { ...init, headers })
      } finally {
        await killing
      }
    },
  }
}

it('keeps every word and every byte of a conversation, each once', async () => {
  const world = createKillingWorld(createRandom(20_261_121))
  const { account, sessionId, said, sound } = await runLearner(world, createRandom(7))
  await world.wait(0)
  expect(world.kills()).toBeGreaterThan(1)
  const { session } = await account.ask(
    `query ($id: ID!) { session(id: $id) { status
      transcript { segments { itemId text final sequence } }
      recordings { sha256 url } } }`,
    { id: sessionId },
  )
  expect(session.status).toBe('ENDED')
  expect(session.transcript.segments).toEqual(
    said.map(({ itemId, text }, index) => ({ itemId, text, final: true, sequence: index + 1 })),
  )
  expect(session.recordings).toHaveLength(1)
  const played = await fetch(new URL(session.recordings[0].url, world.nodeUrl()))
  const bytes = Buffer.from(await played.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(sound).digest('hex'))
})
