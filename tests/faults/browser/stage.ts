/** A whole installation with every part of it, and every way to it, in the hand of a test. */
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { expect } from 'vitest'
import { toAddresses } from '../../../server/embedded/database-roles.ts'
import { findFreePort } from '../../../server/embedded/free-port.ts'
import { isAlive, readPostmasterPid, stopLeftoverPostmaster } from '../../../server/embedded/leftover-process.ts'
import { type FaultyWay, startFaultyWay } from '../../support/faulty-way.ts'
import { type InstallationProcess, startInstallationProcess } from '../../support/installation-process.ts'
import { createMediaRelay, type MediaRelay } from '../../support/media-relay.ts'

export type Part = 'database' | 'partner' | 'media'

export interface Stage {
  /** Where browsers find it: the way's address. */
  url: string
  way: FaultyWay
  media: MediaRelay
  /** Neither requests nor sound get through. */
  cutNetwork(): void
  mendNetwork(): void
  server(): InstallationProcess
  /** SIGKILL; it stays down until `startServer`. */
  killServer(): Promise<void>
  /** Resolves once a kill that was ordered has happened. */
  untilServerIsDown(): Promise<void>
  /** On the same port and folder. Resolves when it serves. */
  startServer(): Promise<void>
  /** SIGKILL to a process that the server keeps alive; resolves when another one is in its place. */
  killPart(part: Part): Promise<void>
  /** SIGSTOP, SIGCONT. */
  signalPart(part: Part, signal: NodeJS.Signals): Promise<void>
  /** The folder of recordings cannot be reached. */
  moveStoreAway(): Promise<void>
  bringStoreBack(): Promise<void>
  /** Every connection that the server has, the one it listens on too. */
  cutDatabaseConnections(): Promise<void>
  /** Its connections are cut, and new ones are not answered. */
  freezeDatabase(): Promise<void>
  thawDatabase(): Promise<void>
  /** As the server's own login, past the policies. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

const programs: Record<Exclude<Part, 'database'>, string> = {
  partner: 'server/partner/main.ts',
  media: 'media/media-child.ts',
}
const patience = { timeout: 60_000, interval: 50 }

export async function startStage(env: Record<string, string> = {}): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-faults-'))
  // The database runs as a user of its own where we are root.
  await chmod(folder, 0o755)
  const dataFolder = path.join(folder, 'data')
  const serverPort = await findFreePort()
  const way = await startFaultyWay(() => serverPort)
  const media = createMediaRelay()
  leadCallsThrough(way, media)
  const start = (): InstallationProcess =>
    startInstallationProcess('main', {
      PARLEY_DATA_DIR: dataFolder,
      PORT: String(serverPort),
      PUBLIC_URL: way.url,
      PARTNER_ICE_ADDRESSES: '127.0.0.1',
      // Conversations that a test leaves behind must not stand in the way of the next.
      MAX_ACTIVE_CONVERSATIONS: '100',
      LOG_LEVEL: 'error',
      ...env,
    })
  let server = start()
  await server.url
  /** Of killed servers: they end by themselves, sooner or later. */
  const orphans = new Set<number>()

  /** All of its processes: any of several for sound may be the one that has the call. */
  const listPart = async (part: Part): Promise<number[]> => {
    if (part === 'database') {
      const pid = await readPostmasterPid(path.join(dataFolder, 'postgres'))
      return pid !== null && isAlive(pid) ? [pid] : []
    }
    return server.descendants().filter((pid) => readCommand(pid).includes(programs[part]))
  }
  const needPart = async (part: Part): Promise<number[]> => {
    const pids = await listPart(part)
    if (pids.length === 0) throw new Error(`There is no process of the ${part}`)
    return pids
  }
  const addresses = async () => {
    const { databaseOwner, databaseLogin } = JSON.parse(
      await readFile(path.join(dataFolder, 'secrets.json'), 'utf8'),
    ) as Record<'databaseOwner' | 'databaseLogin', string>
    const [, , , port] = (await readFile(path.join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
    return toAddresses(Number(port), { owner: databaseOwner, login: databaseLogin })
  }

  async function withDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: (await addresses()).url, application_name: 'test' })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }

  const cutDatabaseConnections = (): Promise<void> =>
    withDatabase(async (client) => {
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where usename = current_user and application_name <> 'test'`)
    })

  return {
    url: way.url,
    way,
    media,
    cutNetwork() {
      way.cut()
      media.cut()
    },
    mendNetwork() {
      way.mend()
      media.mend()
    },
    server: () => server,
    async killServer() {
      for (const pid of server.descendants()) if (readCommand(pid).includes('server/partner/')) orphans.add(pid)
      server.signal('SIGKILL')
      await server.exitCode
    },
    untilServerIsDown: async () => void (await server.exitCode),
    async startServer() {
      server = start()
      await server.url
    },
    async killPart(part) {
      const killed = await needPart(part)
      for (const pid of killed) process.kill(pid, 'SIGKILL')
      const countNew = async (): Promise<number> => (await listPart(part)).filter((pid) => !killed.includes(pid)).length
      await expect.poll(countNew, patience).toBeGreaterThanOrEqual(killed.length)
    },
    async signalPart(part, signal) {
      for (const pid of await needPart(part)) process.kill(pid, signal)
    },
    async moveStoreAway() {
      await rename(path.join(dataFolder, 'blobs'), path.join(dataFolder, 'blobs-away'))
      // A file in its place: nothing can be put there, nor found.
      await writeFile(path.join(dataFolder, 'blobs'), '')
    },
    async bringStoreBack() {
      await rm(path.join(dataFolder, 'blobs'))
      await rename(path.join(dataFolder, 'blobs-away'), path.join(dataFolder, 'blobs'))
    },
    cutDatabaseConnections,
    async freezeDatabase() {
      await cutDatabaseConnections()
      for (const pid of await needPart('database')) freezeProcess(pid, true)
    },
    async thawDatabase() {
      for (const pid of await needPart('database')) freezeProcess(pid, false)
    },
    query: <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      withDatabase(async (client) => {
        await client.query('set role parley_system')
        return (await client.query<Row>(text, values)).rows
      }),
    async close() {
      await server.destroy()
      for (const pid of orphans) if (readCommand(pid).includes('server/partner/')) endProcess(pid)
      await way.close()
      await media.close()
      await stopLeftoverPostmaster(path.join(dataFolder, 'postgres'))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function leadCallsThrough(way: FaultyWay, media: MediaRelay): void {
  void way.order(
    ({ path: where, method }) => method === 'POST' && where.startsWith('/calls/'),
    { kind: 'rewrite', answer: (sdp) => media.lead(sdp) },
    Infinity,
  )
}

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Every process whose command line holds these words. */
export function findProcesses(words: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readCommand(pid).includes(words))
}

export function endProcess(pid: number): void {
  signal(pid, 'SIGKILL')
}

export function freezeProcess(pid: number, isFrozen: boolean): void {
  signal(pid, isFrozen ? 'SIGSTOP' : 'SIGCONT')
}

/** It may be gone already. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Nothing is left to be told.
  }
}
