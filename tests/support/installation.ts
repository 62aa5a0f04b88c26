/** One or more server nodes in this process, over a database of their own and a voice service that answers as it is told. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { type App, type AppOptions, startApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import type { BlobStore } from '../../server/storage/blob-store.ts'
import { openBlobStore } from '../../server/storage/open-blob-store.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type ScriptedProvider, startScriptedProvider } from './scripted-provider.ts'

export interface TestInstallation {
  database: TestDatabase
  provider: ScriptedProvider
  blobs: BlobStore
  /** All that the servers wrote to their logs, at the most talkative level. */
  logs: string[]
  /** The first node; `startNode` adds more on the same database. */
  url: string
  startNode(over?: Partial<AppOptions>): Promise<App>
  close(): Promise<void>
}

export interface TestInstallationOptions {
  /** Settings, as the environment would give them. */
  env?: Record<string, string>
  over?: Partial<AppOptions>
  /** Puts something between the servers and their store. */
  wrapBlobs?: (store: BlobStore) => BlobStore
}

export async function startTestInstallation(options: TestInstallationOptions = {}): Promise<TestInstallation> {
  const database = await createTestDatabase()
  const provider = await startScriptedProvider()
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-blobs-'))
  const clock = options.over?.clock ?? (() => new Date())
  const blobs =
    options.over?.blobs ??
    (await openBlobStore({
      s3: null,
      directory: folder,
      signingKey: randomBytes(32),
      publicUrl: null,
      clock,
      onUnavailable: () => undefined,
    }))
  const logs: string[] = []
  const apps: App[] = []
  const startNode = async (over: Partial<AppOptions> = {}): Promise<App> => {
    const app = await startApp({
      config: parseConfig({ PORT: '0', PROVIDER_TIMEOUT_SECONDS: '2', ...options.env }),
      database: { url: database.appUrl, ownerUrl: database.ownerUrl },
      blobs: options.wrapBlobs?.(blobs) ?? blobs,
      realtime: { baseUrl: provider.baseUrl, apiKey: provider.apiKey, isBuiltIn: true },
      log: pino({ level: 'trace' }, collect(logs)),
      setupCode: null,
      webRoot: path.join(folder, 'no-pages'),
      ...options.over,
      ...over,
    })
    apps.push(app)
    return app
  }
  const { url } = await startNode()
  return {
    database,
    provider,
    blobs,
    logs,
    url,
    startNode,
    async close() {
      await Promise.all(apps.map((app) => app.close()))
      await provider.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'))
      done()
    },
  })
}
