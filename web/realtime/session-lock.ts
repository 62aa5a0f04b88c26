/** One tab at a time works on a session: the one that records it, or the one that finishes saving it (Web Locks). */

export interface LockService {
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
  return await locks.request<T | typeof taken>(`parley-session-${sessionId}`, { ifAvailable: true }, async (lock) =>
    lock ? await work() : taken,
  )
}

/** Whether no tab, this one included, works on the session now. */
export async function isSessionFree(
  sessionId: string,
  locks: LockService | undefined = browserLocks(),
): Promise<boolean> {
  return (await withSessionLock(sessionId, async () => true, locks)) === true
}

function browserLocks(): LockService | undefined {
  return typeof navigator !== 'undefined' && 'locks' in navigator ? navigator.locks : undefined
}
