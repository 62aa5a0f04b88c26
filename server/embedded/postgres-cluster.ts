/**
 * One PostgreSQL cluster in one folder, on the loopback address: made when the folder is empty, started, stopped.
 *
 * PostgreSQL refuses to run as root, and the user it runs as instead may not be allowed to reach a folder such as
 * /root/parley/data. On Linux the programs are therefore started *inside* the folder and told that their data is in
 * `/proc/self/cwd`: a working directory needs no way to it. The files stay where they are documented to be.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { findFreePort } from './free-port.ts'
import { isAlive, stopLeftoverPostmaster, stopProcess } from './leftover-process.ts'
import { locatePostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { findPostgresUser, type PostgresUser } from './postgres-user.ts'

export interface ClusterOptions {
  directory: string
  /** Null: any free port. */
  port: number | null
  /** False gives up safety against power loss for speed: for tests only. */
  isDurable: boolean
  /** Statements that the superuser runs before the cluster first listens, one a line. */
  firstStatements: string[]
  /** The same for a cluster that is there already, run before it listens. */
  statementsForExisting?: string[]
  /** Further settings of the server, `name=value`. */
  settings?: string[]
  onLog: (line: string) => void
}

export interface PostgresCluster {
  port: number
  pid: number
  /** Resolves when the postmaster is gone, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** The folder holds a cluster of another major version, which this one cannot read. */
export class WrongClusterVersionError extends Error {
  override name = 'WrongClusterVersionError'
}

interface Launch {
  binaries: PostgresBinaries
  directory: string
  pgdata: string
  user: PostgresUser | null
}

/** Starts the cluster, making it first if needed, and stopping a postmaster that a killed run left in the folder. */
export async function startPostgresCluster(options: ClusterOptions): Promise<PostgresCluster> {
  const user = await findPostgresUser()
  const binaries = await locatePostgresBinaries(user)
  const directory = path.resolve(options.directory)
  const isInside = user !== null && process.platform === 'linux'
  const launchIn = (folder: string): Launch => ({
    binaries,
    directory: folder,
    pgdata: isInside ? '/proc/self/cwd' : folder,
    user,
  })
  const launch = launchIn(directory)
  await stopLeftoverPostmaster(directory)
  const version = await readOrNull(path.join(directory, 'PG_VERSION'))
  if (version !== null) {
    assertSameMajorVersion(launch, version.trim())
    await runFirstStatements(launch, options.statementsForExisting ?? [])
  } else await makeCluster(launchIn(`${directory}.unfinished`), directory, options.firstStatements)
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await findFreePort())
    try {
      return await launchPostmaster(launch, port, options)
    } catch (error) {
      const isPortTaken = error instanceof Error && error.message.includes('Address already in use')
      if (!isPortTaken || options.port !== null || attempt === 5) throw error
    }
  }
}

/** Makes the cluster beside its final place and moves it there when it is complete: an interrupted one is never taken for whole. */
async function makeCluster(unfinished: Launch, directory: string, firstStatements: string[]): Promise<void> {
  await rm(unfinished.directory, { recursive: true, force: true })
  await mkdir(unfinished.directory, { recursive: true })
  await chmod(unfinished.directory, 0o700)
  if (unfinished.user !== null) await chown(unfinished.directory, unfinished.user.uid, unfinished.user.gid)
  await initialise(unfinished)
  await runFirstStatements(unfinished, firstStatements)
  await rename(unfinished.directory, directory)
}

function assertSameMajorVersion({ directory, binaries }: Launch, found: string): void {
  if (Number.parseInt(found, 10) === binaries.majorVersion) return
  throw new WrongClusterVersionError(
    `${directory} was made by PostgreSQL ${found}, and this installation runs PostgreSQL ${binaries.majorVersion}`,
  )
}

/** The superuser's password is thrown away: nobody logs in as superuser, first statements run before the cluster listens. */
async function initialise(launch: Launch): Promise<void> {
  const passwordFile = path.join(tmpdir(), `parley-${randomBytes(12).toString('hex')}`)
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  try {
    if (launch.user !== null) await chown(passwordFile, launch.user.uid, launch.user.gid)
    await runToEnd(launch, launch.binaries.initdb, [
      `--pgdata=${launch.pgdata}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ])
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** Single-user mode: one statement a line, no network, no password. */
async function runFirstStatements(launch: Launch, statements: string[]): Promise<void> {
  if (statements.length === 0) return
  const flags = ['--single', '-D', launch.pgdata, '-c', 'exit_on_error=on', 'postgres']
  await runToEnd(launch, launch.binaries.postgres, flags, `${statements.join('\n')}\n`)
}

async function runToEnd(launch: Launch, program: string, args: string[], input = ''): Promise<void> {
  const child = spawnInside(launch, program, args, 'pipe')
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${path.basename(program)} failed (${String(code)}): ${output.trim().slice(-2_000)}`)
}

function spawnInside(launch: Launch, program: string, args: string[], input: 'pipe' | 'ignore'): ChildProcess {
  return spawn(program, args, {
    cwd: launch.directory,
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
    stdio: [input, 'pipe', 'pipe'],
    // A session of its own: Ctrl-C in the terminal reaches only us, and we stop it after those who use it.
    detached: true,
    ...(launch.user ?? {}),
  })
}

async function launchPostmaster(launch: Launch, port: number, options: ClusterOptions): Promise<PostgresCluster> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'logging_collector=off',
    ...(options.isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...(options.settings ?? []),
  ]
  const args = ['-D', launch.pgdata, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawnInside(launch, launch.binaries.postgres, args, 'ignore')
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  await whenReady(child, options.onLog)
  const { pid } = child
  if (pid === undefined) throw new Error('PostgreSQL has no process id')
  return { port, pid, ended, stop: () => stopPostmaster(pid, ended) }
}

/** Resolves at the line by which PostgreSQL says that it accepts connections; rejects with its last lines if it ends first. */
async function whenReady(child: ChildProcess, onLog: (line: string) => void): Promise<void> {
  const lastLines: string[] = []
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => reject(new Error(`PostgreSQL did not start: ${lastLines.join('\n')}`)))
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        lastLines.push(line)
        if (lastLines.length > 12) lastLines.shift()
        onLog(line)
        if (line.includes('database system is ready to accept connections')) resolve()
      })
    }
  })
}

async function stopPostmaster(pid: number, ended: Promise<void>): Promise<void> {
  if (isAlive(pid)) await stopProcess(pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'], 2_500)
  await ended
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
