import type { Clock } from '../domain/ids.ts'
import type { Viewer } from './viewer.ts'

/** How long a sign-in or token that was looked up is taken to hold; its end is told at once, to every node. */
const rememberMs = 5_000
const maxRemembered = 10_000

/** Viewers that were looked up a moment ago, by the hash of what they came with. */
export class RememberedViewers {
  readonly #clock: Clock
  readonly #entries = new Map<string, { viewer: Viewer; until: number }>()
  /** Counts what was told to be forgotten: an answer that was asked for before that may be out of date. */
  #forgettings = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** To be taken before a look-up, and given to `keep` after it. */
  now(): number {
    return this.#forgettings
  }

  keep(viewer: Viewer, asOf: number, expiresAt: Date | null): void {
    if (asOf !== this.#forgettings) return
    const oldest = this.#entries.keys().next()
    if (this.#entries.size >= maxRemembered && !oldest.done) this.#entries.delete(oldest.value)
    const until = Math.min(this.#clock().getTime() + rememberMs, expiresAt?.getTime() ?? Infinity)
    this.#entries.set(viewer.signIn, { viewer, until })
  }

  find(signIn: string): Viewer | null {
    const entry = this.#entries.get(signIn)
    if (entry && entry.until > this.#clock().getTime()) return entry.viewer
    this.#entries.delete(signIn)
    return null
  }

  drop(isMeant: (viewer: Viewer) => boolean): void {
    this.#forgettings += 1
    for (const [signIn, { viewer }] of this.#entries) if (isMeant(viewer)) this.#entries.delete(signIn)
  }
}
