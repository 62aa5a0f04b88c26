/** An installation in this process whose parts fail on order: the way to it, its nodes, its database, its store, its provider. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { App } from '../../server/app.ts'
import type { BlobStore } from '../../server/storage/blob-store.ts'
import { BlobStoreUnavailableError } from '../../server/storage/blob-store.ts'
import { createTestClock } from '../graphql/a-session.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import type { ServiceFault } from './fault-mix.ts'

/** The request, or its answer, did not get through. */
export class LostError extends Error {}

export interface FaultyWorld {
  installation: TestInstallation
  clock: () => Date
  /** The node that is there now. */
  nodeUrl(): string
  /** A connection that no fault breaks. */
  lookInto(): Promise<pg.Client>
  /** Time goes on without anything happening. */
  wait(seconds: number): void
  /** Sends a request to whichever node is there, and lets `fault` happen to it. Throws LostError. */
  send(path: string, init: RequestInit, fault: ServiceFault | null): Promise<Response>
  close(): Promise<void>
}

const plenty = { tries: 1_000_000, perSeconds: 60 }
/** Long enough for a request to be under way, short enough not to be over. */
const midwayMs = 4

export async function startFaultyWorld(): Promise<FaultyWorld> {
  const time = createTestClock()
  const store = createLeavingStore()
  const installation = await startTestInstallation({
    over: { clock: time.clock, allowances: { account: plenty, client: plenty, mutation: plenty, request: plenty } },
    wrapBlobs: store.wrap,
  })
  const lookInto = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: installation.database.adminUrl, application_name: 'saboteur' })
    await client.connect()
    return client
  }
  const database = await lookInto()
  let node: Pick<App, 'url' | 'close'> = { url: installation.url, close: async () => undefined }
  let providerErrors = 0
  let unreachableUntilMs = 0

  const cutDatabase = async (): Promise<void> => {
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name <> 'saboteur'`)
  }
  const replaceNode = async (): Promise<void> => {
    const next = await installation.startNode()
    const former = node
    node = next
    await former.close()
  }

  async function happenTo(fault: ServiceFault | null): Promise<void> {
    if (fault?.kind === 'drop') unreachableUntilMs = time.clock().getTime() + fault.seconds * 1_000
    if (fault?.kind === 'store-away') store.leave(fault.requests)
    if (fault?.kind === 'provider-down') providerErrors = fault.requests
    if (time.clock().getTime() < unreachableUntilMs) throw new LostError('no way to the server')
    installation.provider.mood = providerErrors > 0 ? { kind: 'status', status: 503 } : { kind: 'well' }
    if (providerErrors > 0) providerErrors -= 1
  }

  async function interrupt(fault: ServiceFault | null): Promise<void> {
    if (fault?.kind !== 'node-killed' && fault?.kind !== 'database-restarted') return
    await new Promise((resolve) => {
      setTimeout(resolve, midwayMs)
    })
    await cutDatabase()
    if (fault.kind === 'node-killed') await replaceNode()
  }

  return {
    installation,
    clock: time.clock,
    nodeUrl: () => node.url,
    lookInto,
    wait: (seconds) => time.advance(seconds * 1_000),
    async send(path, init, fault) {
      await happenTo(fault)
      const ask = (): Promise<Response> =>
        fetch(new URL(path, node.url), { ...init, headers: withOrigin(init, node.url) })
      const [answer] = await Promise.all([
        ask().catch(() => null),
        fault?.kind === 'doubled' ? ask().catch(() => null) : null,
        interrupt(fault),
      ])
      const isLost = fault?.kind === 'lost-answer' || fault?.kind === 'node-killed'
      if (answer === null || isLost) {
        await answer?.body?.cancel()
        throw new LostError('no answer')
      }
      return answer
    },
    async close() {
      await node.close()
      await database.end()
      await installation.close()
    },
  }
}

function withOrigin(init: RequestInit, url: string): Record<string, string> {
  return { ...(init.headers as Record<string, string>), origin: url, 'x-request-id': randomUUID() }
}

/** A store that is away for a number of requests. */
function createLeavingStore() {
  let left = 0
  const assertHere = (): void => {
    if (left === 0) return
    left -= 1
    throw new BlobStoreUnavailableError('be reached', new Error('connection refused'))
  }
  return {
    leave: (requests: number): void => void (left = requests),
    wrap: (store: BlobStore): BlobStore =>
      new Proxy(store, {
        get(target, name, receiver) {
          const value: unknown = Reflect.get(target, name, receiver)
          if (typeof value !== 'function' || name === 'parseAddress' || name === 'list') return value
          return async (...parameters: unknown[]) => {
            assertHere()
            return value.apply(target, parameters) as unknown
          }
        },
      }),
  }
}
