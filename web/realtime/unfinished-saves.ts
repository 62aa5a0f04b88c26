/** What earlier visits left unsaved in this browser: found, told, and saved by itself while the page is open, by one tab at a time. */
import { keepSaving, notSaving, type SaveProgress } from './keep-saving.ts'
import type { Outbox, OutboxSession } from './outbox.ts'
import { isOwed } from './save-answers.ts'
import type { SaveSessionDeps } from './save-session.ts'
import { isSessionTaken, taken, untilFree, withSessionLock, type LockService } from './session-lock.ts'
import { Waker } from './waker.ts'

/** One conversation, or answers of one test, that this browser still owes the server. */
export interface UnfinishedSave {
  session: OutboxSession
  /** Of sound that is kept here; 0 where only text is. */
  keptSeconds: number
  progress: SaveProgress
  /** Another tab is at it. */
  isElsewhere: boolean
}

export interface UnfinishedSavesOptions extends Omit<SaveSessionDeps, 'retry' | 'onStep' | 'onShare'> {
  viewerId: string
  outbox: Outbox
  locks?: LockService | undefined
  waker?: Waker
}

/** A lock around the session's own: a tab that talks holds only the inner one, and there is nothing to finish yet. */
const savingOf = (sessionId: string): string => `saving-${sessionId}`

export class UnfinishedSaves {
  readonly #options: UnfinishedSavesOptions
  readonly #waker: Waker
  readonly #listeners = new Set<() => void>()
  #saves: readonly UnfinishedSave[] = []
  #isClosed = false

  constructor(options: UnfinishedSavesOptions) {
    this.#options = options
    this.#waker = options.waker ?? new Waker()
  }

  get = (): readonly UnfinishedSave[] => this.#saves

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Looks what there is, oldest first, and begins to save it. Resolves when nothing is left to do. */
  async start(): Promise<void> {
    const { outbox, viewerId, locks } = this.#options
    for (const session of await outbox.listSessions(viewerId)) {
      const isElsewhere = await isSessionTaken(savingOf(session.sessionId), locks)
      if (!isElsewhere && (await isSessionTaken(session.sessionId, locks))) continue
      const parts = (await outbox.listParts(session.sessionId)).filter((part) => !session.isTest || isOwed(part))
      if (session.isTest && parts.length === 0) continue
      const keptSeconds = parts.reduce((sum, part) => sum + part.durationMs / 1_000, 0)
      const progress = { ...notSaving, step: 'transcript' as const }
      this.#saves = [...this.#saves, { session, keptSeconds, progress, isElsewhere }]
    }
    this.#tell()
    await Promise.all(this.#saves.map(({ session }) => this.#finish(session.sessionId)))
  }

  /** Without waiting for the next attempt. */
  tryNow = (): void => this.#waker.wake()

  /** Forgets it for good. */
  async discard(sessionId: string): Promise<void> {
    await this.#options.outbox.removeSession(sessionId)
    this.dismiss(sessionId)
    this.#waker.wake()
  }

  dismiss(sessionId: string): void {
    this.#saves = this.#saves.filter(({ session }) => session.sessionId !== sessionId)
    this.#tell()
  }

  /** The page goes elsewhere: nothing new is begun. */
  close(): void {
    this.#isClosed = true
    this.#waker.wake()
    this.#waker.close()
  }

  async #finish(sessionId: string): Promise<void> {
    const { locks, outbox } = this.#options
    while (this.#isWanted(sessionId)) {
      const result = await withSessionLock(savingOf(sessionId), () => this.#save(sessionId), locks)
      if (result !== taken) return
      this.#change(sessionId, { isElsewhere: true })
      await untilFree(savingOf(sessionId), locks)
      this.#change(sessionId, { isElsewhere: false })
      if (!(await outbox.findSession(sessionId)))
        return this.#change(sessionId, { progress: { ...notSaving, step: 'saved' } })
    }
  }

  async #save(sessionId: string): Promise<void> {
    await withSessionLock(
      sessionId,
      () =>
        keepSaving(sessionId, {
          ...this.#options,
          waker: this.#waker,
          isStopped: () => !this.#isWanted(sessionId),
          onProgress: (progress) => this.#change(sessionId, { progress }),
        }),
      this.#options.locks,
    )
  }

  /** Not once it was thrown away, or the page has gone elsewhere. */
  #isWanted(sessionId: string): boolean {
    return !this.#isClosed && this.#saves.some(({ session }) => session.sessionId === sessionId)
  }

  #change(sessionId: string, change: Partial<UnfinishedSave>): void {
    this.#saves = this.#saves.map((save) => (save.session.sessionId === sessionId ? { ...save, ...change } : save))
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
