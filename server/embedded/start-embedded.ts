import type { Logger } from 'pino'
import type { Config, DatabaseConfig } from '../config.ts'
import { openDataFolder } from './data-folder.ts'
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
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((stopOne) => stopOne()))
  }
  try {
    const secrets = await openDataFolder(config.dataDirectory)
    let database = config.database ?? config.embedded?.database
    if (database === undefined) {
      onProgress('Starting the database')
      const postgres = await startEmbeddedPostgres(config.dataDirectory, secrets, log)
      stops.push(() => postgres.stop())
      database = postgres.addresses
    }
    let realtime = toOutsideProvider(config) ?? config.embedded?.realtime
    if (realtime === undefined) {
      onProgress('Starting the practice partner')
      const partner = await startEmbeddedPartner({ ...config.partner, logLevel: config.logLevel }, log)
      stops.push(() => partner.stop())
      realtime = { baseUrl: partner.baseUrl, apiKey: partner.apiKey, isBuiltIn: true }
    }
    return { database, blobSigningKey: secrets.blobSigningKey, realtime, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A service on one's own network may want no key; the protocol's client insists on one. */
function toOutsideProvider({ realtime }: Config): RealtimeAddress | undefined {
  if (realtime === null) return undefined
  const { baseUrl, apiKey } = realtime
  return { baseUrl: baseUrl ?? 'https://api.openai.com/v1', apiKey: apiKey ?? 'none', isBuiltIn: false }
}
