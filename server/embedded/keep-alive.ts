import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

export interface KeptProcess {
  pid: number
  /** Resolves when the process is gone, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}

export interface Kept<T extends KeptProcess> {
  first: T
  stop(): Promise<void>
}

const firstDelayMs = 250
const longestDelayMs = 10_000
/** What has lived this long gets the short delay again. */
const settledMs = 60_000

/**
 * Starts a process, and starts it again whenever it dies before `stop`. Rejects when the very first start fails; `start` gets null
 * then, and later the first one, whose port and keys the next must keep.
 */
export async function keepAlive<T extends KeptProcess>(
  name: string,
  log: Logger,
  start: (first: T | null) => Promise<T>,
): Promise<Kept<T>> {
  const stopping = new AbortController()
  const first = await start(null)
  let current: T | null = first

  async function restartForEver(): Promise<void> {
    let delayMs = firstDelayMs
    while (!stopping.signal.aborted) {
      const startedAt = Date.now()
      await current?.ended
      current = null
      if (stopping.signal.aborted) return
      delayMs = Date.now() - startedAt > settledMs ? firstDelayMs : delayMs
      log.error({ part: name, delayMs }, 'an embedded part died and is started again')
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      delayMs = Math.min(delayMs * 2, longestDelayMs)
      current = await start(first).catch((error: unknown) => {
        log.error({ part: name, err: error }, 'an embedded part could not be started again')
        return null
      })
    }
    // It came up while we were told to stop.
    await current?.stop()
  }

  const restarting = restartForEver()
  return {
    first,
    async stop() {
      stopping.abort()
      await current?.stop()
      await restarting
    },
  }
}
