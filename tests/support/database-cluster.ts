/**
 * Once a run, before any test file: one PostgreSQL cluster in a temporary folder, with one migrated and seeded database as the
 * template that `createTestDatabase` clones.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { databaseName, statementsForRoles, toAddresses } from '../../server/embedded/database-roles.ts'
import { isAlive, stopLeftoverPostmaster } from '../../server/embedded/leftover-process.ts'
import { startPostgresCluster } from '../../server/embedded/postgres-cluster.ts'

export interface TestCluster {
  port: number
  passwords: { owner: string; login: string; admin: string }
  template: string
}

const folderPrefix = 'parley-test-'

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAbandonedClusters()
  const folder = await mkdtemp(path.join(tmpdir(), folderPrefix))
  await chmod(folder, 0o755)
  await writeFile(path.join(folder, 'run.pid'), String(process.pid))
  const passwords = { owner: newPassword(), login: newPassword(), admin: newPassword() }
  const cluster = await startPostgresCluster({
    directory: path.join(folder, 'postgres'),
    port: null,
    isDurable: false,
    firstStatements: [
      ...statementsForRoles(passwords),
      `create role test_admin superuser login password '${passwords.admin}'`,
    ],
    settings: ['max_connections=300', 'shared_buffers=64MB'],
    onLog: () => undefined,
  })
  // Where the run ends without its teardown, by a second Ctrl-C for example.
  process.once('exit', () => {
    if (isAlive(cluster.pid)) process.kill(cluster.pid, 'SIGQUIT')
  })
  const stop = async (): Promise<void> => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await prepareTemplate(toAddresses(cluster.port, passwords))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('testCluster', { port: cluster.port, passwords, template: databaseName })
  return stop
}

/** What killed runs left running. */
async function clearAbandonedClusters(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue
    const folder = path.join(tmpdir(), name)
    const pid = Number(await readFile(path.join(folder, 'run.pid'), 'utf8').catch(() => Number.NaN))
    // No number: another run that is just beginning.
    if (Number.isNaN(pid) || isAlive(pid)) continue
    await stopLeftoverPostmaster(path.join(folder, 'postgres'))
    await rm(folder, { recursive: true, force: true })
  }
}

async function prepareTemplate({ url, ownerUrl }: { url: string; ownerUrl: string }): Promise<void> {
  const { migrateToLatest } = await import('../../db/migrate.ts')
  const { seed } = await import('../../db/seed/seed.ts')
  await migrateToLatest({ ownerUrl, appUrl: url })
  await seed({ ownerUrl })
}

function newPassword(): string {
  return randomBytes(24).toString('base64url')
}
