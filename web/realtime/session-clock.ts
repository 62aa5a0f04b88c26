/** The session's time: tells the server that the learner is still here, and ends when the server's time is up. */
import type { LiveStore } from './live-state.ts'
import { ApiFault } from './session-api.ts'

const keepAliveMs = 20_000
/** A timer that fires so much later than it should was asleep with its machine. */
const tickMs = 1_000
const sleptMs = 5_000
/** The answer is in whole seconds and some time on its way: a limit that trembles would only unsettle. */
const tremblingMs = 3_000

export interface SessionClockOptions {
  store: LiveStore
  /** Gives the seconds that are left to talk. */
  keepAlive: () => Promise<number>
  onRefused: (fault: ApiFault) => void
  onTimeUp: () => void
}

export class SessionClock {
  readonly #options: SessionClockOptions
  #aliveTimer: ReturnType<typeof setInterval> | null = null
  #tickTimer: ReturnType<typeof setInterval> | null = null
  #endTimer: ReturnType<typeof setTimeout> | null = null

  constructor(options: SessionClockOptions) {
    this.#options = options
  }

  start(): void {
    this.#aliveTimer = setInterval(() => void this.ask(), keepAliveMs)
    let lastMs = Date.now()
    this.#tickTimer = setInterval(() => {
      // Only this clock goes on in sleep everywhere; set anew, it costs one question.
      const nowMs = Date.now()
      if (nowMs - lastMs > sleptMs) void this.ask()
      lastMs = nowMs
    }, tickMs)
    this.#scheduleEnd()
  }

  stop(): void {
    if (this.#aliveTimer !== null) clearInterval(this.#aliveTimer)
    if (this.#tickTimer !== null) clearInterval(this.#tickTimer)
    if (this.#endTimer !== null) clearTimeout(this.#endTimer)
  }

  /** Asks the server now. */
  async ask(): Promise<void> {
    const { store, keepAlive, onRefused } = this.#options
    try {
      const endsAtMs = performance.now() + (await keepAlive()) * 1_000
      if (Math.abs(endsAtMs - store.get().endsAtMs) > tremblingMs) store.set({ endsAtMs })
      this.#scheduleEnd()
    } catch (error) {
      if (error instanceof ApiFault) onRefused(error)
    }
  }

  #scheduleEnd(): void {
    if (this.#endTimer !== null) clearTimeout(this.#endTimer)
    const leftMs = this.#options.store.get().endsAtMs - performance.now()
    this.#endTimer = setTimeout(this.#options.onTimeUp, Math.max(0, leftMs))
  }
}
