/** The conversation of this tab. It stands above the pages, asks before the tab is closed in the middle of it, and hangs up when it is. */
import type { LiveSession } from './realtime/live-session.ts'

export class LiveSessionStore {
  #session: LiveSession | null = null
  readonly #listeners = new Set<() => void>()

  get = (): LiveSession | null => this.#session

  set = (session: LiveSession | null): void => {
    this.#session = session
    const follow = session ? addEventListener : removeEventListener
    follow('beforeunload', this.#onUnload)
    follow('pagehide', this.#onPageHide)
    follow('pageshow', this.#onPageShow)
    for (const listener of this.#listeners) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#session && this.#session.store.get().phase !== 'saved') event.preventDefault()
  }

  /** A closed page tells nobody: the other end would go on talking until it missed the packets. */
  #onPageHide = (): void => this.#session?.hangUpAtOnce()

  /** A page that the browser had only put aside. */
  #onPageShow = (): void => this.#session?.reconnectNow()
}
