import type { Logger } from 'pino'
import type { Config, DatabaseConfig } from '../config.ts'
import { type InstallationSecrets, openDataFolder } from './data-folder.ts'
import { startEmbeddedPartner } from './embedded-partner.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

export interface RealtimeAddress {
  /** Ends in /v1. */
  baseUrl: string
  apiKey: string
  /** The partner that comes with Parley, not a service from outside. */
  isBuiltIn: boolean
}

export interface Embedded {
  database: DatabaseConfig
  /** For the addresses of recordings on local disk; the same after a restart. */
  blobSigningKey: Buffer
  realtime: RealtimeAddress
  /** Stops what was started here, within 3 s; nothing may need the database any more. */
  stop(): Promise<void>
}

/**
 * Starts each part that the settings give no address for. `onProgress` gets a few words before each step that takes time. Throws
 * ConfigError when the data folder cannot be used; nothing is left running then.
 */
export async function startEmbedded(
  config: Config,
  log: Logger,
  onProgress: (step: string) => void,
): Promise<Embedded> {
  const stops: Stops = []
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((stopOne) => stopOne()))
  }
  try {
    const secrets = await openDataFolder(config.dataDirectory)
    const names = [
      ...(needsDatabase(config) ? ['database'] : []),
      ...(needsPartner(config) ? ['practice partner'] : []),
    ]
    if (names.length > 0) onProgress(`Starting ${names.join(' and ')}`)
    const [database, realtime] = await bothOrNeither(
      startDatabase(config, secrets, log, stops),
      startPartner(config, log, stops),
    )
    return { database, blobSigningKey: secrets.blobSigningKey, realtime, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits for both even when one fails, so that what did start can be stopped. */
async function bothOrNeither<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second])
  return Promise.all([first, second])
}

type Stops = (() => Promise<void>)[]

function needsDatabase(config: Config): boolean {
  return config.database === null && config.embedded === null
}

function needsPartner(config: Config): boolean {
  return config.realtime === null && config.embedded === null
}

async function startDatabase(
  config: Config,
  secrets: InstallationSecrets,
  log: Logger,
  stops: Stops,
): Promise<DatabaseConfig> {
  const given = config.database ?? config.embedded?.database
  if (given !== undefined) return given
  const postgres = await startEmbeddedPostgres(config.dataDirectory, secrets, log)
  stops.push(() => postgres.stop())
  return postgres.addresses
}

async function startPartner(config: Config, log: Logger, stops: Stops): Promise<RealtimeAddress> {
  const given = toOutsideProvider(config) ?? config.embedded?.realtime
  if (given !== undefined) return given
  const partner = await startEmbeddedPartner({ ...config.partner, logLevel: config.logLevel }, log)
  stops.push(() => partner.stop())
  return { baseUrl: partner.baseUrl, apiKey: partner.apiKey, isBuiltIn: true }
}

/** A service on one's own network may want no key; the protocol's client insists on one. */
function toOutsideProvider({ realtime }: Config): RealtimeAddress | undefined {
  if (realtime === null) return undefined
  const { baseUrl, apiKey } = realtime
  return { baseUrl: baseUrl ?? 'https://api.openai.com/v1', apiKey: apiKey ?? 'none', isBuiltIn: false }
}
