import path from 'node:path'
import type { Logger } from 'pino'
import { ConfigError } from '../config.ts'
import { claimDataFolder, type InstallationSecrets } from './data-folder.ts'
import { type DatabaseAddresses, statementsForNewPasswords, statementsForRoles, toAddresses } from './database-roles.ts'
import { keepAlive } from './keep-alive.ts'
import { startPostgresCluster, WrongClusterVersionError } from './postgres-cluster.ts'

export interface EmbeddedPostgres {
  addresses: DatabaseAddresses
  stop(): Promise<void>
}

/**
 * Runs the database of this installation in `<data>/postgres`, on the loopback address, and starts it again should it die. Throws
 * ConfigError when another Parley uses the folder or another major version made it.
 */
export async function startEmbeddedPostgres(
  dataDirectory: string,
  secrets: InstallationSecrets,
  log: Logger,
): Promise<EmbeddedPostgres> {
  const release = await claimDataFolder(dataDirectory)
  const directory = path.join(dataDirectory, 'postgres')
  const { passwords } = secrets
  try {
    const kept = await keepAlive('database', log, (first: { port: number } | null) =>
      startPostgresCluster({
        directory,
        port: first?.port ?? null,
        isDurable: true,
        firstStatements: statementsForRoles(passwords),
        statementsForExisting: secrets.areNew && first === null ? statementsForNewPasswords(passwords) : [],
        onLog: (line) => log.debug({ part: 'database' }, line),
      }),
    )
    const stop = async (): Promise<void> => {
      await kept.stop()
      await release()
    }
    return { addresses: toAddresses(kept.first.port, passwords), stop }
  } catch (error) {
    await release()
    if (!(error instanceof WrongClusterVersionError)) throw error
    throw new ConfigError([
      `PARLEY_DATA_DIR: ${error.message}; export it with the old version (pg_dump) and start with an empty folder, or set DATABASE_URL`,
    ])
  }
}
