/** How this process tells whoever started it how the start goes on, and how it learns that it is to stop. */

export interface StartReport {
  step: (name: string) => void
  ready: (lines: string[]) => void
  /** Resolves when it is said, so that the process may end. */
  failed: (lines: string[]) => Promise<void>
}

/** By messages to `npm start`, which shows one progress display; by plain lines where nobody listens. */
export function createStartReport(): StartReport {
  const say = async (message: object, lines: string[], print: (line: string) => void): Promise<void> => {
    if (process.connected) await new Promise<void>((resolve) => process.send?.(message, undefined, {}, () => resolve()))
    else for (const line of lines) print(line)
  }
  return {
    step: (name) => void say({ step: name }, [name], console.log),
    ready: (lines) => void say({ ready: lines }, lines, console.log),
    failed: (lines) => say({ failed: lines }, lines, console.error),
  }
}

/**
 * Aborts at the first of: Ctrl-C, a signal to stop, the end of the process that started this one. From then on the process has
 * `graceMs` to end by itself; a second Ctrl-C, a second later or more, ends it at once.
 */
export function listenForStop(graceMs: number): AbortSignal {
  const told = new AbortController()
  let toldAt = 0
  const tell = (): void => {
    if (told.signal.aborted) {
      if (Date.now() - toldAt > 1_000) process.exit(1)
      return
    }
    toldAt = Date.now()
    setTimeout(() => process.exit(1), graceMs).unref()
    told.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, tell)
  if (process.connected) process.once('disconnect', tell)
  return told.signal
}

export async function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
