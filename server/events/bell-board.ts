import type { Bell, BellListener, BellTopic } from './bus.ts'

/** Who on this node waits for which bell. */
export class BellBoard {
  readonly #listeners = new Map<string, Set<BellListener>>()

  add(topic: BellTopic, key: string | null, listener: BellListener): () => void {
    const place = key === null ? topic : `${topic}:${key}`
    const listeners = this.#listeners.get(place) ?? new Set()
    this.#listeners.set(place, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(place) === listeners) this.#listeners.delete(place)
    }
  }

  deliver(bell: Bell): void {
    for (const place of [bell.topic, `${bell.topic}:${bell.key}`]) {
      for (const listener of this.#listeners.get(place) ?? []) listener(bell)
    }
  }

  /** Bells may have been missed: everyone looks again. */
  deliverToAll(): void {
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener(null)
  }
}
