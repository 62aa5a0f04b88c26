/** Whether live updates reach this page: a store that the banner listens to. */

export type SocketStatus = 'idle' | 'connected' | 'lost'

export class SocketStatusStore {
  #status: SocketStatus = 'idle'
  readonly #listeners = new Set<() => void>()

  get = (): SocketStatus => this.#status

  set(status: SocketStatus): void {
    if (status === this.#status) return
    this.#status = status
    for (const listener of this.#listeners) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
