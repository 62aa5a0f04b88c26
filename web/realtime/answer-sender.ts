/**
 * Sends the answers of speaking tests while the learner goes on with the next task, or with something else: it outlives
 * every page. Whatever does not come through stays in the outbox, and is sent at a later visit.
 */
import { keepSaving, notSaving, type SaveProgress } from './keep-saving.ts'
import type { Outbox, OutboxSession } from './outbox.ts'
import { listOwed } from './save-answers.ts'
import type { SaveSessionDeps } from './save-session.ts'
import { taken, untilFree, withSessionLock, type LockService } from './session-lock.ts'
import { SpillingOutbox } from './spilling-outbox.ts'
import { Waker } from './waker.ts'

export interface AnswerSenderOptions extends Pick<SaveSessionDeps, 'api' | 'remux' | 'upload' | 'outbox'> {
  locks?: LockService | undefined
  waker?: Waker
}

/** How it stands with one test. */
export interface Sending {
  /** Answers that were handed in and are not at the server yet, by their task's number. */
  parts: readonly number[]
  progress: SaveProgress
  /** The disk has no room: something is held by this page alone. */
  isDiskFull: boolean
}

export const nothingToSend: Sending = { parts: [], progress: notSaving, isDiskFull: false }

export class AnswerSender {
  readonly #options: AnswerSenderOptions
  readonly #waker: Waker
  readonly #outboxes = new Map<string, Outbox>()
  readonly #running = new Set<string>()
  readonly #listeners = new Set<() => void>()
  #sendings: ReadonlyMap<string, Sending> = new Map()

  constructor(options: AnswerSenderOptions) {
    this.#options = options
    this.#waker = options.waker ?? new Waker()
  }

  get = (): ReadonlyMap<string, Sending> => this.#sendings

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Where the test's answers are kept; they go on in memory where the disk refuses. Sends what an earlier visit owes. Rejects where the
   * disk cannot be read: an answer that it holds would be recorded over.
   */
  async open(test: Omit<OutboxSession, 'isEndSent' | 'isTest' | 'updatedAtMs'>): Promise<Outbox> {
    const { sessionId } = test
    const known = this.#outboxes.get(sessionId)
    if (known) return known
    const disk = this.#options.outbox
    const kept = await disk.listParts(sessionId)
    // Asked for twice at once: there is one only.
    const opened = this.#outboxes.get(sessionId)
    if (opened) return opened
    const outbox = new SpillingOutbox(disk, (isDiskFull) => this.#change(sessionId, { isDiskFull }))
    this.#outboxes.set(sessionId, outbox)
    await outbox.putSession({ ...test, updatedAtMs: Date.now(), isEndSent: false, isTest: true })
    for (const part of kept) await outbox.putPart(part)
    await this.send(sessionId)
    return outbox
  }

  /** Resolves when nothing is owed any more. Called while it is at it, it tries again at once. */
  async send(sessionId: string): Promise<void> {
    await this.#refresh(sessionId)
    if (this.#running.has(sessionId)) return this.#waker.wake()
    this.#running.add(sessionId)
    void this.#sendAll(sessionId).finally(() => this.#running.delete(sessionId))
  }

  /** Without waiting for the next attempt. */
  tryNow = (): void => this.#waker.wake()

  /** Forgets one answer for good. */
  async discard(sessionId: string, part: number): Promise<void> {
    await this.#outboxOf(sessionId).removePart(sessionId, part)
    await this.#refresh(sessionId)
    this.#waker.wake()
  }

  /** The test has ended, and all of it is at the server. */
  async forget(sessionId: string): Promise<void> {
    await this.#outboxOf(sessionId).removeSession(sessionId)
    this.#outboxes.delete(sessionId)
    this.#change(sessionId, nothingToSend)
  }

  async #sendAll(sessionId: string): Promise<void> {
    const { api, remux, upload, locks } = this.#options
    const outbox = this.#outboxOf(sessionId)
    while ((await listOwed(outbox, sessionId)).length > 0) {
      const onProgress = (progress: SaveProgress): void => {
        this.#change(sessionId, { progress })
        void this.#refresh(sessionId)
      }
      const deps = { api, remux, upload, outbox, waker: this.#waker, onProgress }
      const result = await withSessionLock(sessionId, () => keepSaving(sessionId, deps), locks)
      if (result !== taken) continue
      // Another tab is at it: what it has sent is gone from the disk.
      await untilFree(sessionId, locks)
      await this.#reload(sessionId)
    }
    await this.#refresh(sessionId)
    this.#change(sessionId, { progress: notSaving })
  }

  async #reload(sessionId: string): Promise<void> {
    const outbox = this.#outboxOf(sessionId)
    const onDisk = new Set((await this.#options.outbox.listParts(sessionId)).map(({ part }) => part))
    for (const { part } of await listOwed(outbox, sessionId))
      if (!onDisk.has(part)) await outbox.removePart(sessionId, part)
  }

  async #refresh(sessionId: string): Promise<void> {
    const owed = await listOwed(this.#outboxOf(sessionId), sessionId)
    this.#change(sessionId, { parts: owed.map(({ part }) => part) })
  }

  #outboxOf(sessionId: string): Outbox {
    return this.#outboxes.get(sessionId) ?? this.#options.outbox
  }

  #change(sessionId: string, change: Partial<Sending>): void {
    const next = { ...(this.#sendings.get(sessionId) ?? nothingToSend), ...change }
    this.#sendings = new Map(this.#sendings).set(sessionId, next)
    for (const listener of this.#listeners) listener()
  }
}
