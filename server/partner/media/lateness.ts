/** How late things happened, counted in steps of a millisecond: the figures of a long time in little room. */

const MOST_MS = 500

export interface LatenessFigures {
  count: number
  /** In ms, rounded up. */
  p50Ms: number
  p99Ms: number
  mostMs: number
}

export class Lateness {
  readonly #counts = new Uint32Array(MOST_MS + 1)
  #count = 0

  add(lateMs: number) {
    const step = Math.min(MOST_MS, Math.max(0, Math.floor(lateMs)))
    this.#counts[step] = (this.#counts[step] ?? 0) + 1
    this.#count += 1
  }

  /** Of all since the last time that it was asked. */
  take(): LatenessFigures {
    const figures = { count: this.#count, p50Ms: this.#below(0.5), p99Ms: this.#below(0.99), mostMs: this.#below(1) }
    this.#counts.fill(0)
    this.#count = 0
    return figures
  }

  #below(share: number): number {
    let seen = 0
    for (const [step, count] of this.#counts.entries()) {
      seen += count
      if (count > 0 && seen >= this.#count * share) return step + 1
    }
    return 0
  }
}
