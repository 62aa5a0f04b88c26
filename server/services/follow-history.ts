import { findSessionDeletion } from '../../db/queries/deletion.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Clock, SessionId } from '../domain/ids.ts'
import type { SessionMode } from '../domain/session-state.ts'
import { findSession } from './find-session.ts'
import { follow, lookAgainMs } from './follow.ts'
import type { ServiceDeps } from './service-deps.ts'

/** READY: fetch the first page. CHANGED: a session as it is now. REMOVED: one that is gone. */
export type HistoryUpdate =
  | { kind: 'READY'; session: null; removed: null }
  | { kind: 'CHANGED'; session: SessionRecord; removed: null }
  | { kind: 'REMOVED'; session: null; removed: { id: SessionId; mode: SessionMode } }

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'signIns'>

/** Growth of a running session is told at most once in this time. */
const growthEveryMs = 1_000

/** READY at once, and again whenever changes may have been missed; then each change. Ends when access ends. */
export function followHistory(deps: Deps, viewer: Viewer): AsyncIterableIterator<HistoryUpdate> {
  return follow(
    deps.bus,
    [
      ['history', viewer.id],
      ['access', viewer.id],
    ],
    async function* (waiter) {
      const due = new DueSessions(deps.clock)
      yield { kind: 'READY', session: null, removed: null }
      for (;;) {
        await waiter.next(due.waitMs())
        if (waiter.isStopped || !(await deps.signIns.isCurrent(viewer))) return
        for (const bell of waiter.take()) {
          if (bell === null) yield { kind: 'READY', session: null, removed: null }
          else if (bell.sessionId !== undefined) due.add(bell.sessionId, bell.isGrowth === true)
        }
        for (const sessionId of due.take()) yield* await lookUp(deps, viewer, sessionId)
      }
    },
  )
}

/** Which sessions are to be told of, and from when on. */
class DueSessions {
  readonly #clock: Clock
  readonly #dueAt = new Map<SessionId, number>()
  readonly #toldAt = new Map<SessionId, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(sessionId: string, isGrowth: boolean): void {
    const id = sessionId as SessionId
    const earliest = isGrowth ? (this.#toldAt.get(id) ?? 0) + growthEveryMs : 0
    this.#dueAt.set(id, Math.min(this.#dueAt.get(id) ?? earliest, earliest))
  }

  waitMs(): number {
    const nextAt = Math.min(...this.#dueAt.values())
    return Math.max(0, Math.min(lookAgainMs, nextAt - this.#clock().getTime()))
  }

  take(): SessionId[] {
    const now = this.#clock().getTime()
    for (const [id, at] of this.#toldAt) if (at < now - growthEveryMs) this.#toldAt.delete(id)
    const ready = [...this.#dueAt].filter(([, at]) => at <= now).map(([id]) => id)
    for (const id of ready) {
      this.#dueAt.delete(id)
      this.#toldAt.set(id, now)
    }
    return ready
  }
}

async function lookUp(deps: Pick<Deps, 'db'>, viewer: Viewer, sessionId: SessionId): Promise<HistoryUpdate[]> {
  const session = await findSession(deps, viewer, sessionId)
  if (session) return [{ kind: 'CHANGED', session, removed: null }]
  const deletion = await deps.db.asViewer(viewer.id, (tx) => findSessionDeletion(tx, sessionId))
  return deletion?.mode ? [{ kind: 'REMOVED', session: null, removed: { id: sessionId, mode: deletion.mode } }] : []
}
