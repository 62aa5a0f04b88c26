/**
 * `npm run dev`: the pages from Vite with hot reload, everything else passed on to the server, which is started again when its
 * sources change. The database and the partner live on meanwhile.
 */
import path from 'node:path'
import { pino } from 'pino'
import { createServer, type ViteDevServer } from 'vite'
import { type Config, ConfigError, type EmbeddedHandover, readConfig, toChildEnvironment } from './config.ts'
import { findFreePort } from './embedded/free-port.ts'
import { startEmbedded } from './embedded/start-embedded.ts'
import { explainStartFault } from './explain-start-fault.ts'
import { createStartReport, listenForStop, whenAborted } from './process-life.ts'
import { startReloadingServer } from './reloading-server.ts'

const root = path.join(import.meta.dirname, '..')
/** What the server answers; the rest is the pages'. */
const serverPaths = '^/(graphql|calls|blobs|health|webhooks)(/|\\?|$)'

const report = createStartReport()
const told = listenForStop(4_800)
let config: Config | null = null
try {
  config = readConfig()
  if (!config.isLoopbackOnly)
    throw new ConfigError(['HOST: npm run dev serves this machine only; remove HOST, or use npm start'])
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }))
  const embedded = await startEmbedded(config, log, report.step)
  report.step('Starting the server and the pages')
  const serverPort = await findFreePort()
  const vite = await startVite(config, serverPort)
  const server = startReloadingServer({
    entry: path.join(import.meta.dirname, 'main.ts'),
    watched: ['server', 'db', 'schema'].map((folder) => path.join(root, folder)),
    env: toChildEnvironment(
      toServerSettings(vite, serverPort, { database: embedded.database, realtime: embedded.realtime }),
    ),
    onLine: (line) => console.log(line),
  })
  report.ready([`Parley is at ${toOrigin(vite)} and reloads what you change`])
  await whenAborted(told)
  await Promise.all([vite.close(), server.stop()])
  await embedded.stop()
  process.exit(0)
} catch (error) {
  if (told.aborted) process.exit(0)
  await report.failed(explainStartFault(error, config) ?? [String(error instanceof Error ? error.stack : error)])
  process.exit(1)
}

async function startVite({ host, port }: Pick<Config, 'host' | 'port'>, serverPort: number): Promise<ViteDevServer> {
  const target = `http://127.0.0.1:${serverPort}`
  const vite = await createServer({
    configFile: path.join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    clearScreen: false,
    server: { host, port, strictPort: true, proxy: { [serverPaths]: { target, ws: true } } },
  })
  return vite.listen()
}

function toOrigin(vite: ViteDevServer): string {
  const url = vite.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('Vite has no address')
  return new URL(url).origin
}

function toServerSettings(vite: ViteDevServer, port: number, handover: EmbeddedHandover): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: toOrigin(vite),
    PARLEY_EMBEDDED: JSON.stringify(handover),
  }
}
