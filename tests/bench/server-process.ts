/** One server node, in a process of its own: `bench-installation` starts it and ends it. */
import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { pino } from 'pino'
import { startApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { createEvaluator } from '../../server/evaluation/create-evaluator.ts'
import { openBlobStore } from '../../server/storage/open-blob-store.ts'
import type { BenchSettings } from './bench-installation.ts'

const settings = JSON.parse(process.env['PARLEY_BENCH'] ?? '{}') as BenchSettings
const directory = await mkdtemp(path.join(settings.folder, 'blobs-'))
const signingKey = randomBytes(32)
const clock = (): Date => new Date()
// What is measured is the work, not how often one client may ask for it.
const plenty = { tries: 1_000_000, perSeconds: 60 }
const app = await startApp({
  config: parseConfig({ PORT: '0' }),
  database: { url: settings.databaseUrl, ownerUrl: settings.ownerUrl },
  blobs: await openBlobStore({
    s3: null,
    directory,
    signingKey,
    publicUrl: null,
    clock,
    onUnavailable: () => undefined,
  }),
  realtime: { baseUrl: settings.providerUrl, apiKey: settings.providerKey, isBuiltIn: true },
  evaluator: createEvaluator(settings.evaluation ?? null),
  log: pino({ level: 'warn' }),
  setupCode: null,
  webRoot: path.join(directory, 'no-pages'),
  allowances: { account: plenty, client: plenty, mutation: plenty, request: plenty },
})
process.send?.(app.url)
process.once('disconnect', () => process.exit())
