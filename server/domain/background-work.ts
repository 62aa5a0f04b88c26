/** Work that goes on after the request that began it; stopped, and waited for, when the server stops. */
export interface BackgroundWork {
  /** `work` ends soon after `stopped`; what it throws is reported, and ends nothing else. */
  start(work: (stopped: AbortSignal) => Promise<void>): void
  stop(): Promise<void>
}

export function createBackgroundWork(onFailed: (error: unknown) => void): BackgroundWork {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  return {
    start(work) {
      if (stopping.signal.aborted) return
      const done = work(stopping.signal)
        .catch(onFailed)
        .finally(() => running.delete(done))
      running.add(done)
    },
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
