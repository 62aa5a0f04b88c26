import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isAlive, readPostmasterPid, stopLeftoverPostmaster } from '../../server/embedded/leftover-process.ts'

interface Running {
  url: string
  ownerUrl: string
  process: ChildProcess
}

const program = path.join(import.meta.dirname, '../support/embedded-postgres-process.ts')
let root: string
let folder: string
let started: ChildProcess[] = []

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'parley-embedded-'))
  await chmod(root, 0o755)
  folder = path.join(root, 'data')
})

afterEach(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  started = []
  await stopLeftoverPostmaster(path.join(folder, 'postgres'))
  await rm(root, { recursive: true, force: true })
})

async function start(): Promise<{ child: ChildProcess; said: Record<string, string> }> {
  const child = fork(program, [folder], { stdio: 'ignore' })
  started.push(child)
  const [said] = (await once(child, 'message')) as [Record<string, string>]
  return { child, said }
}

async function run(): Promise<Running> {
  const { child, said } = await start()
  if (said['fault'] !== undefined) throw new Error(said['fault'])
  return { url: said['url'] ?? '', ownerUrl: said['ownerUrl'] ?? '', process: child }
}

async function runExpectingFault(): Promise<string> {
  const { said } = await start()
  return said['fault'] ?? 'it started'
}

async function end(running: Running, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  running.process.kill(signal)
  await once(running.process, 'exit')
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const postmasterPid = () => readPostmasterPid(path.join(folder, 'postgres'))

test('what is written is there after a restart', async () => {
  const first = await run()
  await query(first.ownerUrl, 'create table kept as select 42 as answer')
  await end(first, 'SIGTERM')
  const second = await run()
  expect(await query(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('it is gone after a stop, and so is its process', async () => {
  const running = await run()
  const pid = await postmasterPid()
  await end(running, 'SIGTERM')
  expect(pid !== null && isAlive(pid)).toBe(false)
  await expect(query(running.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
})

test('a postmaster that a killed run left behind does not trip the next start', async () => {
  const killed = await run()
  await query(killed.ownerUrl, 'create table kept as select 42 as answer')
  const leftover = await postmasterPid()
  await end(killed, 'SIGKILL')
  expect(leftover !== null && isAlive(leftover)).toBe(true)
  const next = await run()
  expect(leftover !== null && isAlive(leftover)).toBe(false)
  expect(await query(next.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('a postmaster file that names some other process is no reason to stop that', async () => {
  await end(await run(), 'SIGTERM')
  const other = fork(program, [path.join(root, 'elsewhere')], { stdio: 'ignore' })
  started.push(other)
  await once(other, 'message')
  await writeFile(path.join(folder, 'postgres', 'postmaster.pid'), `${other.pid}\n/nowhere\n0\n5432\n\n127.0.0.1\n`)
  await stopLeftoverPostmaster(path.join(folder, 'postgres'))
  expect(isAlive(other.pid ?? 0)).toBe(true)
  other.kill('SIGTERM')
  await once(other, 'exit')
})

test('a database that dies is started again at the same address', async () => {
  const running = await run()
  const pid = await postmasterPid()
  if (pid === null) throw new Error('no postmaster')
  process.kill(pid, 'SIGQUIT')
  await expect
    .poll(() => query(running.url, 'select 1 as up').catch(() => null), { timeout: 30_000 })
    .toEqual([{ up: 1 }])
  expect(await postmasterPid()).not.toBe(pid)
})

test('a second Parley on the same folder is refused, naming the setting', async () => {
  const first = await run()
  expect(await runExpectingFault()).toMatch(
    new RegExp(`^PARLEY_DATA_DIR: .* is in use by another Parley \\(process ${first.process.pid}\\)`),
  )
  expect(await query(first.url, 'select 1 as up')).toEqual([{ up: 1 }])
})

test('a database of another major version is refused, naming both', async () => {
  await end(await run(), 'SIGTERM')
  await writeFile(path.join(folder, 'postgres', 'PG_VERSION'), '17\n')
  expect(await runExpectingFault()).toMatch(/^PARLEY_DATA_DIR: .* made by PostgreSQL 17, .* runs PostgreSQL 18/)
})

test('lost passwords are made anew without losing the data', async () => {
  const first = await run()
  await query(first.ownerUrl, 'create table kept as select 42 as answer')
  await end(first, 'SIGTERM')
  await rm(path.join(folder, 'secrets.json'))
  const second = await run()
  expect(second.ownerUrl).not.toBe(first.ownerUrl)
  expect(await query(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('an initialisation that was interrupted is begun again', async () => {
  await mkdir(path.join(folder, 'postgres.unfinished'), { recursive: true })
  await writeFile(path.join(folder, 'postgres.unfinished', 'PG_VERSION'), '18\n')
  expect(await query((await run()).url, 'select 1 as up')).toEqual([{ up: 1 }])
})

test('only the owner of the installation can read its secrets', async () => {
  await run()
  expect((await stat(path.join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  expect((await stat(path.join(folder, 'postgres'))).mode & 0o777).toBe(0o700)
  expect(await readFile(path.join(folder, 'secrets.json'), 'utf8')).not.toContain('undefined')
})

test('nobody gets in without a password, and nobody gets in as superuser', async () => {
  const { url } = await run()
  const without = new URL(url)
  without.password = ''
  await expect(query(without.href, 'select 1')).rejects.toThrow(/password/)
  without.username = 'postgres'
  without.password = 'postgres'
  await expect(query(without.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

describe.runIf(process.getuid?.() === 0)('run as root', () => {
  test('a folder that no other user can reach is as good as any', async () => {
    await chmod(root, 0o700)
    const first = await run()
    await query(first.ownerUrl, 'create table kept as select 42 as answer')
    expect((await stat(path.join(folder, 'postgres', 'PG_VERSION'))).isFile()).toBe(true)
    await end(first, 'SIGKILL')
    const second = await run()
    expect(await query(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('the database does not run as root', async () => {
    await run()
    const pid = await postmasterPid()
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0')
  })
})
