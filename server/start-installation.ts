import { createServer } from 'node:net'
import path from 'node:path'
import { type Logger, pino } from 'pino'
import { migrateToLatest } from '../db/migrate.ts'
import { loadDictionaries } from './domain/speech-metrics/syllables.ts'
import { seed } from '../db/seed/seed.ts'
import { startApp } from './app.ts'
import type { Config } from './config.ts'
import { type Embedded, startEmbedded } from './embedded/start-embedded.ts'
import type { StartReport } from './process-life.ts'
import { makeSetupCode } from './setup-code.ts'
import { openBlobStore } from './storage/open-blob-store.ts'

/** Calls that are still running get this long when the server stops. */
const closeMs = 2_000

/**
 * Embedded parts, then the database brought up to date, then the app. What was started is stopped again when a later step fails,
 * or when `told` to stop on the way.
 */
export async function startInstallation(
  config: Config,
  report: StartReport,
  told: AbortSignal,
): Promise<{ stop(): Promise<void> }> {
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }))
  await assertPortIsFree(config)
  const embedded = await startEmbedded(config, log, report.step)
  try {
    told.throwIfAborted()
    const app = await serve(config, embedded, log, report)
    return {
      async stop() {
        await Promise.race([app.close(), afterMs(closeMs)])
        await embedded.stop()
      },
    }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

/** Said before anything is started, rather than after the database and the partner are up. Rejects as listening itself would. */
async function assertPortIsFree({ host, port }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(port, host, resolve)
  })
  await new Promise((resolve) => {
    probe.close(resolve)
  })
}

async function serve(
  config: Config,
  embedded: Embedded,
  log: Logger,
  report: StartReport,
): ReturnType<typeof startApp> {
  const { database, realtime, blobSigningKey } = embedded
  report.step('Bringing the database up to date')
  await migrateToLatest({ ownerUrl: database.ownerUrl, appUrl: database.url })
  await seed({ ownerUrl: database.ownerUrl })
  const blobs = await openBlobStore({
    s3: config.s3,
    directory: path.join(config.dataDirectory, 'blobs'),
    signingKey: blobSigningKey,
    publicUrl: config.publicUrl,
    clock: () => new Date(),
    onUnavailable: (error) => log.warn({ err: error }, 'the store of recordings'),
  })
  loadDictionaries()
  const setupCode = config.isLoopbackOnly ? null : makeSetupCode()
  const webRoot = path.join(import.meta.dirname, '../dist/web')
  const app = await startApp({ config, database, blobs, realtime, log, setupCode, webRoot })
  report.ready([
    `Parley is at ${app.url}`,
    ...(app.requiresSetupCode ? [`The first sign-up needs the code ${setupCode}`] : []),
  ])
  return app
}

async function afterMs(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
