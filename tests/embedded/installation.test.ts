import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findFreePort } from '../../server/embedded/free-port.ts'
import { isAlive, readPostmasterPid, stopLeftoverPostmaster } from '../../server/embedded/leftover-process.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'

let root: string
let folder: string
let started: InstallationProcess[]

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'parley-installation-'))
  await chmod(root, 0o755)
  folder = path.join(root, 'data')
  started = []
})

afterEach(async () => {
  for (const installation of started) await installation.destroy()
  await stopLeftoverPostmaster(path.join(folder, 'postgres'))
  await rm(root, { recursive: true, force: true })
})

function start(env: Record<string, string> = {}, entry: 'main' | 'bootstrap' = 'main'): InstallationProcess {
  const installation = startInstallationProcess(entry, { PARLEY_DATA_DIR: folder, ...env })
  started.push(installation)
  return installation
}

async function serves(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    (response) => response.ok,
    () => false,
  )
}

describe('told to stop', () => {
  test.each(['main', 'bootstrap'] as const)('Ctrl-C ends %s and every process it started within 5 s', async (entry) => {
    const installation = start({}, entry)
    expect(await serves(await installation.url)).toBe(true)
    const children = installation.descendants()
    const postmaster = await readPostmasterPid(path.join(folder, 'postgres'))
    expect(children).toContain(postmaster)
    // The postmaster and its processes, the partner and its; with bootstrap also the server.
    expect(children.length).toBeGreaterThan(4)
    const pressedAt = Date.now()
    installation.pressControlC()
    expect(await installation.exitCode, installation.output()).toBe(0)
    await expect.poll(() => children.filter(isAlive), { timeout: 5_000 }).toEqual([])
    expect(Date.now() - pressedAt).toBeLessThan(5_000)
  })

  test('a signal while it is still starting ends it all the same', async () => {
    const installation = start()
    await expect
      .poll(() => installation.output(), { timeout: 30_000 })
      .toContain('Starting database and practice partner')
    const children = installation.descendants()
    installation.signal('SIGTERM')
    expect(await installation.exitCode).toBe(0)
    expect(installation.output()).not.toContain('Parley is at')
    await expect
      .poll(() => [...children, ...installation.descendants()].filter(isAlive), { timeout: 10_000 })
      .toEqual([])
  })
})

describe('killed', () => {
  test('what is left of it does not trip the next start on the same port', async () => {
    const env = { PORT: String(await findFreePort()) }
    const killed = start(env)
    await killed.url
    const partner = killed.descendants()
    killed.signal('SIGKILL')
    await killed.exitCode
    const next = start(env)
    expect(await serves(await next.url)).toBe(true)
    await expect.poll(() => partner.filter(isAlive), { timeout: 10_000 }).toEqual([])
  })

  test('the server ends when the command that started it is killed', async () => {
    const installation = start({}, 'bootstrap')
    const url = await installation.url
    const children = installation.descendants()
    installation.signal('SIGKILL')
    await expect.poll(() => children.filter(isAlive), { timeout: 10_000 }).toEqual([])
    expect(await serves(url)).toBe(false)
  })

  test('the partner is started again at the same address when it dies', async () => {
    const installation = start({ LOG_LEVEL: 'error' })
    await installation.url
    const postmaster = await readPostmasterPid(path.join(folder, 'postgres'))
    const isPartner = (pid: number): boolean => readCommandLine(pid).includes('partner/main.ts')
    const partner = installation.descendants().find(isPartner)
    expect(partner).toBeDefined()
    process.kill(partner ?? 0, 'SIGKILL')
    const isNextPartner = (pid: number): boolean => isPartner(pid) && pid !== partner
    await expect.poll(() => installation.descendants().filter(isNextPartner).length, { timeout: 30_000 }).toBe(1)
    await expect.poll(() => installation.descendants()).not.toContain(partner)
    expect(installation.descendants()).toContain(postmaster)
  })
})

describe('settings that cannot work end it with one clear line and exit code 1', () => {
  async function expectFault(env: Record<string, string>, line: RegExp): Promise<void> {
    const installation = start(env)
    expect(await installation.exitCode).toBe(1)
    const faults = installation
      .output()
      .split('\n')
      .filter((text) => /^[A-Z_]+:/.test(text))
    expect(faults, installation.output()).toEqual([expect.stringMatching(line)])
    expect(installation.output()).not.toMatch(/^\s+at /m)
    expect(installation.descendants()).toEqual([])
  }

  test('a port that is taken', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const address = holder.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      await expectFault({ PORT: String(port) }, new RegExp(`^PORT: ${port} on 127\\.0\\.0\\.1 is already in use`))
    } finally {
      await new Promise((resolve) => holder.close(resolve))
    }
  })

  test('an address that is none', () => expectFault({ PUBLIC_URL: 'parley' }, /^PUBLIC_URL: must be/))

  test('a data folder that cannot be written to', async () => {
    await writeFile(path.join(root, 'file'), '')
    await expectFault(
      { PARLEY_DATA_DIR: path.join(root, 'file', 'data') },
      /^PARLEY_DATA_DIR: .* cannot be written to \(ENOTDIR\)/,
    )
  })

  test('a host that is not of this machine', () =>
    expectFault(
      { HOST: '192.0.2.1', PUBLIC_URL: 'https://parley.example.org' },
      /^HOST: 192\.0\.2\.1 is not an address of this machine/,
    ))

  test('a database that cannot be reached', async () => {
    const port = await findFreePort()
    await expectFault(
      { DATABASE_URL: `postgres://parley:very-secret@127.0.0.1:${port}/parley` },
      new RegExp(`^DATABASE_URL: the database at 127\\.0\\.0\\.1:${port} cannot be reached \\(ECONNREFUSED\\)`),
    )
  })
})

function readCommandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
