import type { Bell, BellTopic, EventBus } from '../events/bus.ts'

/** How often a follower looks by itself: what a lost bell costs at most. */
export const lookAgainMs = 5_000

/** Collects the bells that a follower listens to, from before its first look. */
export interface Waiter {
  /** Resolves at the next bell, or after `timeoutMs`; at once when one rang since the last call, or the follower is to stop. */
  next(timeoutMs?: number): Promise<void>
  /** The bells since the last call; null among them where some may have been missed. */
  take(): (Bell | null)[]
  readonly isStopped: boolean
}

/**
 * An async iterator over what `run` yields, which can be stopped while it waits: a generator alone would first have to wake up.
 * Listens before `run` starts, so that nothing falls between a look and the wait for the next.
 */
export function follow<T>(
  bus: EventBus,
  places: readonly [BellTopic, string][],
  run: (waiter: Waiter) => AsyncGenerator<T, void, undefined>,
): AsyncIterableIterator<T> {
  const waiter = new BellWaiter()
  const stops = places.map(([topic, key]) => bus.listen(topic, key, (bell) => waiter.hear(bell)))
  const generator = run(waiter)
  const stop = (): void => {
    for (const stopListening of stops.splice(0)) stopListening()
    waiter.stop()
  }
  return {
    async next() {
      try {
        const result = await generator.next()
        if (result.done) stop()
        return result
      } catch (error) {
        stop()
        throw error
      }
    },
    async return() {
      stop()
      await generator.return()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

class BellWaiter implements Waiter {
  isStopped = false
  #heard = new Map<string, Bell | null>()
  #hasNews = false
  #wake: (() => void) | null = null

  hear(bell: Bell | null): void {
    // One of a kind is enough: a slow reader holds no memory.
    this.#heard.set(bell ? [bell.topic, bell.key, bell.sessionId, bell.isGrowth].join(' ') : '', bell)
    this.#hasNews = true
    this.#wake?.()
  }

  stop(): void {
    this.isStopped = true
    this.#wake?.()
  }

  async next(timeoutMs = lookAgainMs): Promise<void> {
    if (!this.#hasNews && !this.isStopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = null
    }
    this.#hasNews = false
  }

  take(): (Bell | null)[] {
    const bells = [...this.#heard.values()]
    this.#heard = new Map()
    return bells
  }
}
