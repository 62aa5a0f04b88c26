/** A Redis of a test's own, where the machine has one: in memory, on loopback. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from '../../server/embedded/free-port.ts'

const programs = ['redis-server', 'valkey-server']

/** Null where the machine has none. */
export function findRedis(): string | null {
  return programs.find((program) => spawnSync(program, ['--version']).status === 0) ?? null
}

export interface TestRedis {
  url: string
  /** Stops it, with all that it held, and starts it again at the same address. */
  restart(): Promise<void>
  /** It takes what is sent and answers nothing, until it is resumed. */
  pause(): void
  resume(): void
  close(): Promise<void>
}

export async function startTestRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-redis-'))
  const port = await findFreePort()
  let child = await start(folder, port)
  return {
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      await stop(child)
      child = await start(folder, port)
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async close() {
      await stop(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function start(folder: string, port: number): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn(findRedis() ?? '', settings, { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk)
    if (/ready to accept connections/i.test(said)) break
  }
  child.stdout.resume()
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
