/** Runs jobs on this node; each runs on one node only. Connects as the owner of the queue's tables, its tasks as everyone else. */
import { Logger as WorkerLogger, run, type Runner } from 'graphile-worker'
import type { Logger } from 'pino'
import type { Services } from '../services/index.ts'
import { finalizeTranscript } from './tasks/finalize-transcript.ts'

export interface WorkerOptions {
  ownerUrl: string
  services: Services
  log: Logger
}

/** Every minute: conversations that were left open. */
const crontab = '* * * * * abandon-sessions ?fill=0s'

/** Resolves once it takes jobs. */
export async function startWorker(options: WorkerOptions): Promise<Runner> {
  const { services, log } = options
  return run({
    connectionString: options.ownerUrl,
    concurrency: 4,
    maxPoolSize: 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    crontab,
    // What the library says at its info level is of no interest here; payloads hold ids only.
    logger: new WorkerLogger(() => (level, message) => {
      if (level === 'error') log.error({ part: 'jobs' }, message)
      else if (level === 'warning') log.warn({ part: 'jobs' }, message)
    }),
    taskList: {
      'finalize-transcript': (payload) => finalizeTranscript(services, payload),
      'abandon-sessions': async () => {
        await services.abandonSessions()
        await services.hangUpSilentCalls()
      },
    },
  })
}
