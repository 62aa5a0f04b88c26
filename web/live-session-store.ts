/** The conversation of this tab. It stands above the pages, and asks before the tab is closed in the middle of it. */
import type { LiveSession } from './realtime/live-session.ts'

export class LiveSessionStore {
  #session: LiveSession | null = null
  readonly #listeners = new Set<() => void>()

  get = (): LiveSession | null => this.#session

  set = (session: LiveSession | null): void => {
    this.#session = session
    if (session) addEventListener('beforeunload', this.#onUnload)
    else removeEventListener('beforeunload', this.#onUnload)
    for (const listener of this.#listeners) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#session && this.#session.store.get().phase !== 'saved') event.preventDefault()
  }
}
