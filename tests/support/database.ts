import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { toAddresses } from '../../server/embedded/database-roles.ts'
import type { TestCluster } from './database-cluster.ts'

export interface TestDatabase {
  /** As the application connects: a plain role that owns and bypasses nothing. */
  appUrl: string
  /** As migrations connect: the owner of the database. */
  ownerUrl: string
  /** As a superuser, who is bound by no policy: only to look at or to break things from outside. */
  adminUrl: string
  drop(): Promise<void>
}

/**
 * A migrated and seeded database of its own (a clone of the run's template, about 50 ms). Call it once a file, and `drop` it in
 * `afterAll`, after everything that connects to it is closed; connections that are still there are cut.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = inject('testCluster')
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(cluster, async (client) => {
    // The template may have no other connection while it is copied: files that ask at the same time take turns.
    await client.query(`select pg_advisory_lock(1)`)
    await client.query(`create database ${name} template ${cluster.template} owner parley_owner strategy wal_log`)
    await client.query(`revoke connect, temporary on database ${name} from public`)
    await client.query(`grant connect on database ${name} to parley_login`)
  })
  const { url, ownerUrl } = toAddresses(cluster.port, cluster.passwords, name)
  return {
    appUrl: url,
    ownerUrl,
    adminUrl: toAdminUrl(cluster, name),
    drop: () =>
      administer(cluster, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

function toAdminUrl(cluster: TestCluster, database: string): string {
  return `postgres://test_admin:${cluster.passwords.admin}@127.0.0.1:${cluster.port}/${database}`
}

async function administer(cluster: TestCluster, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: toAdminUrl(cluster, 'postgres') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
