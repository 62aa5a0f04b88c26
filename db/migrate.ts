/** Brings the schema up to date. Runs as the owner, on a connection of its own. */
import { promises as fs } from 'node:fs'
import path from 'node:path'
import { runMigrations } from 'graphile-worker'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import { openPool } from './open-pool.ts'

export interface MigrateOptions {
  /** Owns the schema; may create roles. */
  ownerUrl: string
  /** The login that the server uses; may become the three roles and nothing more. */
  appUrl: string
}

/**
 * Applies every migration that is missing, the job queue's included, and lets the server's login take on its roles.
 * Safe to run from several processes at once. Throws the first migration's error.
 */
export async function migrateToLatest(options: MigrateOptions): Promise<void> {
  await runMigrations({ connectionString: options.ownerUrl })
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: openPool({ url: options.ownerUrl, maxConnections: 2 }) }),
  })
  try {
    const migrationFolder = path.join(import.meta.dirname, 'migrations')
    const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
    await grantRoles(db, decodeURIComponent(new URL(options.appUrl).username))
  } finally {
    await db.destroy()
  }
}

async function grantRoles(db: Kysely<unknown>, login: string): Promise<void> {
  for (const role of ['parley_app', 'parley_system', 'parley_public']) {
    const { rows } = await sql<{
      isMember: boolean
    }>`select pg_has_role(${login}, ${role}, 'SET') as "isMember"`.execute(db)
    if (!rows[0]?.isMember) await sql`grant ${sql.id(role)} to ${sql.id(login)}`.execute(db)
  }
  await sql`grant usage on schema public to ${sql.id(login)}`.execute(db)
}
