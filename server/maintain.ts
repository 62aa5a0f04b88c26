/** `npm run migrate`, `npm run seed` and `npm run make-admin -- EMAIL`: on the database that the settings name or, without one, on the embedded one. */
import { pino } from 'pino'
import { createDatabaseClient } from '../db/client.ts'
import { migrateToLatest } from '../db/migrate.ts'
import { updateRole } from '../db/queries/user.ts'
import { seed } from '../db/seed/seed.ts'
import { type Config, type DatabaseConfig, readConfig } from './config.ts'
import { openDataFolder } from './embedded/data-folder.ts'
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { explainStartFault } from './explain-start-fault.ts'

/** Each gives what is said at its end. */
const work: Record<string, (database: DatabaseConfig, word: string | undefined) => Promise<string>> = {
  async migrate({ url, ownerUrl }) {
    await migrateToLatest({ ownerUrl, appUrl: url })
    return 'The database is up to date'
  },
  async seed({ ownerUrl }) {
    await seed({ ownerUrl })
    return 'The topics are in the database'
  },
  'make-admin': ({ url }, email) => makeAdministrator(url, email),
}

let config: Config | null = null
try {
  const [name = '', word] = process.argv.slice(2)
  const task = Object.hasOwn(work, name) ? work[name] : undefined
  if (!task) throw new Error(`Say what to do: ${Object.keys(work).join(', ')}`)
  config = readConfig()
  console.log(await onDatabase(config, (database) => task(database, word)))
  process.exit(0)
} catch (error) {
  for (const line of explainStartFault(error, config) ?? [error instanceof Error ? error.message : String(error)])
    console.error(line)
  process.exit(1)
}

async function onDatabase(settings: Config, task: (database: DatabaseConfig) => Promise<string>): Promise<string> {
  if (settings.database !== null) return task(settings.database)
  const secrets = await openDataFolder(settings.dataDirectory)
  const postgres = await startEmbeddedPostgres(settings.dataDirectory, secrets, pino({ level: 'silent' }))
  try {
    return await task(postgres.addresses)
  } finally {
    await postgres.stop()
  }
}

async function makeAdministrator(url: string, email: string | undefined): Promise<string> {
  if (email === undefined) throw new Error('Say whom: npm run make-admin -- ana@example.org')
  const db = createDatabaseClient({ url, onConnectionError: () => undefined })
  try {
    const isThere = await db.withSystem('administer accounts', (tx) => updateRole(tx, email.toLowerCase(), 'ADMIN'))
    if (!isThere) throw new Error(`Nobody has an account with the address ${email}: sign up with it first`)
    return `${email} is an administrator now`
  } finally {
    await db.close()
  }
}
