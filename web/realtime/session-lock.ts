/** One tab at a time works on a session: the one that records it, or the one that finishes saving it (Web Locks). */

export interface LockService {
  query(): Promise<{ held?: { name?: string }[] }>
  request<T>(name: string, options: { ifAvailable: boolean }, work: (lock: unknown) => Promise<T>): Promise<T>
}

export const taken = Symbol('taken')

/** Runs `work` while holding the session's lock, or gives `taken` at once when another tab holds it. */
export async function withSessionLock<T>(
  sessionId: string,
  work: () => Promise<T>,
  locks: LockService | undefined = browserLocks(),
): Promise<T | typeof taken> {
  if (!locks) return await work()
  return await locks.request<T | typeof taken>(nameOf(sessionId), { ifAvailable: true }, async (lock) =>
    lock ? await work() : taken,
  )
}

/** Whether some tab, this one or another, works on the session now. Takes no lock, and so is in nobody's way. */
export async function isSessionTaken(
  sessionId: string,
  locks: LockService | undefined = browserLocks(),
): Promise<boolean> {
  const { held = [] } = (await locks?.query()) ?? {}
  return held.some(({ name }) => name === nameOf(sessionId))
}

/** Resolves when the tab that works on the session is done with it, or gone. */
export async function untilFree(sessionId: string, locks: LockService | undefined = browserLocks()): Promise<void> {
  await locks?.request(nameOf(sessionId), { ifAvailable: false }, async () => undefined)
}

function nameOf(sessionId: string): string {
  return `parley-session-${sessionId}`
}

function browserLocks(): LockService | undefined {
  return typeof navigator !== 'undefined' && 'locks' in navigator ? navigator.locks : undefined
}
