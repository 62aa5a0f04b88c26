/** Runs jobs on this node; each runs on one node only. Connects as the owner of the queue's tables, its tasks as everyone else. */
import { EventEmitter } from 'node:events'
import { Logger as WorkerLogger, run, type WorkerEvents } from 'graphile-worker'
import type { Logger } from 'pino'
import { openPool } from '../../db/open-pool.ts'
import { outlastCuts } from '../../db/outlast-cuts.ts'
import type { Services } from '../services/index.ts'
import { toTaskList } from './task-list.ts'
import { startHeartbeat } from './worker-heartbeat.ts'

export interface WorkerOptions {
  ownerUrl: string
  services: Services
  log: Logger
  /** Told of each connection that broke; the worker goes on with another. */
  onConnectionError: (error: Error) => void
}

const concurrency = 4

/** Conversations that were left open; what got lost on the way; what lies in the store without need; audio that is too old. */
const crontab = [
  '* * * * * abandon-sessions ?fill=0s',
  '*/10 * * * * recover-lost-work ?fill=0s',
  '17 * * * * sweep-store ?fill=0s',
  '37 * * * * prune-recordings ?fill=0s',
].join('\n')

/** Resolves once it takes jobs. `stop` waits for those under way. */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { services, log } = options
  // A pool of our own: the library's loses its error handlers before its last connection is closed.
  const pgPool = outlastCuts(
    openPool({
      url: options.ownerUrl,
      // One listens for new jobs all the time, one says that we live.
      maxConnections: concurrency + 2,
      onConnectionError: options.onConnectionError,
    }),
  )
  const events: WorkerEvents = new EventEmitter()
  // What a job is locked by is the name of its worker's pool, and not that of the worker.
  const poolIds = new Set<string>()
  events.on('pool:create', ({ workerPool }) => poolIds.add(workerPool.id))
  const runner = await run({
    pgPool,
    events,
    concurrency,
    pollInterval: 2_000,
    noHandleSignals: true,
    crontab,
    // What the library says at its info level is of no interest here; payloads hold ids only.
    logger: new WorkerLogger(() => (level, message) => {
      if (level === 'error') log.error({ part: 'jobs' }, message)
      else if (level === 'warning') log.warn({ part: 'jobs' }, message)
    }),
    taskList: toTaskList(services),
  }).catch(async (error: unknown) => {
    await pgPool.end()
    throw error
  })
  const heartbeat = await startHeartbeat({
    pool: pgPool,
    workerIds: () => [...poolIds],
    onError: (error) => log.warn({ part: 'jobs', reason: error.message }, 'a sign of life could not be given'),
  })
  return {
    async stop() {
      try {
        await runner.stop()
        await heartbeat.stop()
      } finally {
        await pgPool.end()
      }
    },
  }
}
