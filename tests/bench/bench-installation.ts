/** What is measured: a database that is as durable as an installation's, a voice service of fixed slowness, and servers in processes of their own. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrateToLatest } from '../../db/migrate.ts'
import { seed } from '../../db/seed/seed.ts'
import { statementsForRoles, toAddresses } from '../../server/embedded/database-roles.ts'
import { startPostgresCluster } from '../../server/embedded/postgres-cluster.ts'
import type { EvaluationModelSettings } from '../../server/evaluation/create-evaluator.ts'
import { type ScriptedProvider, startScriptedProvider } from '../support/scripted-provider.ts'

export interface BenchInstallation {
  provider: ScriptedProvider
  /** Past every policy: to put rows where they are needed. */
  adminUrl: string
  /** Starts `file` of this folder as a server of its own; gives its address. */
  startProcess(file: string, over?: Partial<BenchSettings>): Promise<string>
  close(): Promise<void>
}

/** What each server process is told by its environment. */
export interface BenchSettings {
  databaseUrl: string
  ownerUrl: string
  adminUrl: string
  providerUrl: string
  providerKey: string
  folder: string
  /** A model that judges; left out: counting does. */
  evaluation?: EvaluationModelSettings
}

export async function startBenchInstallation(): Promise<BenchInstallation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-bench-'))
  await chmod(folder, 0o755)
  const [owner, login, admin] = [newPassword(), newPassword(), newPassword()]
  const cluster = await startPostgresCluster({
    directory: path.join(folder, 'postgres'),
    port: null,
    isDurable: true,
    firstStatements: [
      ...statementsForRoles({ owner, login }),
      `create role bench_admin superuser login password '${admin}'`,
    ],
    settings: ['max_connections=200'],
    onLog: () => undefined,
  })
  const { url, ownerUrl } = toAddresses(cluster.port, { owner, login })
  await migrateToLatest({ ownerUrl, appUrl: url })
  await seed({ ownerUrl })
  const adminUrl = `postgres://bench_admin:${admin}@127.0.0.1:${cluster.port}/parley`
  const provider = await startScriptedProvider()
  const settings: BenchSettings = {
    databaseUrl: url,
    ownerUrl,
    adminUrl,
    providerUrl: provider.baseUrl,
    providerKey: provider.apiKey,
    folder,
  }
  const children: ChildProcess[] = []
  return {
    provider,
    adminUrl,
    async startProcess(file, over) {
      const child = fork(path.join(import.meta.dirname, file), {
        env: { ...process.env, PARLEY_BENCH: JSON.stringify({ ...settings, ...over }) },
      })
      children.push(child)
      const [message] = await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(() => Promise.reject(new Error(`${file} did not start`))),
      ])
      return String(message)
    },
    async close() {
      await Promise.all(children.map(stop))
      await provider.close()
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
  child.disconnect()
  await ended
  clearTimeout(patience)
}

function newPassword(): string {
  return randomBytes(24).toString('base64url')
}
