/** A whole installation in processes of its own, as `npm start` runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from '../../server/embedded/leftover-process.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface InstallationProcess {
  pid: number
  /** All that it said so far, on both outputs and by messages. */
  output: () => string
  /** Its address; rejects with what it said when it ends first. */
  url: Promise<string>
  exitCode: Promise<number | null>
  signal(name: NodeJS.Signals): void
  /** Like Ctrl-C in a terminal: to all processes of the foreground group. */
  pressControlC(): void
  /** Every process that it started, directly or not. */
  descendants: () => number[]
  /** For `afterEach`: nothing of it is left, whatever the test did. */
  destroy(): Promise<void>
}

/** `main` is the server alone; `bootstrap` what npm runs. Nothing is taken over from our environment but PATH and HOME. */
export function startInstallationProcess(
  entry: 'main' | 'bootstrap',
  env: Record<string, string>,
): InstallationProcess {
  const args = entry === 'main' ? ['server/main.ts'] : ['server/bootstrap.mjs', 'start']
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const pid = child.pid ?? 0
  const said = collectOutput(child)
  const exitCode = once(child, 'close').then(([code]) => code as number | null)
  const seen = new Set<number>()
  const descendants = (): number[] => {
    for (const found of listDescendants(pid)) seen.add(found)
    return [...seen].filter(isAlive)
  }
  const url = Promise.race([
    said.url,
    exitCode.then((code) => {
      throw new Error(`It ended with ${code}: ${said.text}`)
    }),
  ])
  // A test that wants no address need not wait for it.
  url.catch(() => undefined)
  return {
    pid,
    output: () => said.text,
    url,
    exitCode,
    signal: (name) => child.kill(name),
    pressControlC: () => process.kill(-pid, 'SIGINT'),
    descendants,
    async destroy() {
      for (const each of [...descendants(), pid]) if (isAlive(each)) process.kill(each, 'SIGKILL')
      await exitCode
    },
  }
}

function collectOutput(child: ChildProcess): { text: string; url: Promise<string> } {
  const said = { text: '', url: Promise.resolve('') }
  said.url = new Promise<string>((resolve) => {
    const add = (chunk: Buffer): void => {
      said.text += chunk.toString()
      const url = /Parley is at (http\S+)\s/.exec(said.text)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout?.on('data', add)
    child.stderr?.on('data', add)
  })
  return said
}

function listDescendants(ancestor: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended while we looked.
    }
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (parents.get(pid) === ancestor || isBelow(parents.get(pid)))
  return [...parents.keys()].filter(isBelow)
}
