/** Runs the embedded database alone, in a process that a test can kill: `node embedded-postgres-process.ts FOLDER`. */
import { pino } from 'pino'
import { openDataFolder } from '../../server/embedded/data-folder.ts'
import { startEmbeddedPostgres } from '../../server/embedded/embedded-postgres.ts'

const folder = process.argv[2] ?? ''
try {
  const secrets = await openDataFolder(folder)
  const postgres = await startEmbeddedPostgres(folder, secrets, pino({ level: 'silent' }))
  process.send?.({ ...postgres.addresses })
  process.once('SIGTERM', () => {
    void postgres.stop().then(() => process.disconnect())
  })
} catch (error) {
  process.send?.({ fault: error instanceof Error ? error.message : String(error) })
  process.disconnect()
}
