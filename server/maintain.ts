/** `npm run migrate` and `npm run seed`: on the database that the settings name or, without one, on the embedded one. */
import { pino } from 'pino'
import { migrateToLatest } from '../db/migrate.ts'
import { seed } from '../db/seed/seed.ts'
import { type Config, type DatabaseConfig, readConfig } from './config.ts'
import { openDataFolder } from './embedded/data-folder.ts'
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { explainStartFault } from './explain-start-fault.ts'

const work = {
  migrate: ({ url, ownerUrl }: DatabaseConfig) => migrateToLatest({ ownerUrl, appUrl: url }),
  seed: ({ ownerUrl }: DatabaseConfig) => seed({ ownerUrl }),
}

let config: Config | null = null
try {
  const name = process.argv[2]
  if (name !== 'migrate' && name !== 'seed') throw new Error('Say what to do: migrate or seed')
  config = readConfig()
  await onDatabase(config, work[name])
  console.log(name === 'migrate' ? 'The database is up to date' : 'The topics are in the database')
  process.exit(0)
} catch (error) {
  for (const line of explainStartFault(error, config) ?? [String(error)]) console.error(line)
  process.exit(1)
}

async function onDatabase(settings: Config, task: (database: DatabaseConfig) => Promise<void>): Promise<void> {
  if (settings.database !== null) return task(settings.database)
  const secrets = await openDataFolder(settings.dataDirectory)
  const postgres = await startEmbeddedPostgres(settings.dataDirectory, secrets, pino({ level: 'silent' }))
  try {
    await task(postgres.addresses)
  } finally {
    await postgres.stop()
  }
}
