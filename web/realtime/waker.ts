/** Waits that can be cut short: when the network comes back, or by a button. */

/** Where the browser tells that it is online again. */
export type OnlineSource = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

export class Waker {
  readonly #source: OnlineSource | undefined
  readonly #sleepers = new Set<() => void>()

  constructor(source: OnlineSource | undefined = browserEvents()) {
    this.#source = source
    source?.addEventListener('online', this.wake)
  }

  wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        this.#sleepers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      this.#sleepers.add(wake)
    })

  /** Every wait is over now. */
  wake = (): void => {
    for (const wake of this.#sleepers) wake()
  }

  close(): void {
    this.#source?.removeEventListener('online', this.wake)
  }
}

export function browserEvents(): OnlineSource | undefined {
  return typeof globalThis.addEventListener === 'function' ? globalThis : undefined
}
