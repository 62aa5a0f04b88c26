/** Tries again what may yet succeed, waiting longer each time. */
import { ApiFault } from './session-api.ts'

export interface RetryOptions {
  attempts: number
  firstWaitMs: number
  longestWaitMs: number
  wait: (milliseconds: number) => Promise<void>
  /** Before each wait. */
  onFailure?: (error: unknown, waitMs: number) => void
}

/** As long as a tunnel or a restart of the server lasts: about four minutes. */
export const patientRetry: RetryOptions = {
  attempts: 32,
  firstWaitMs: 500,
  longestWaitMs: 8_000,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

/** Throws the last error once the attempts are spent, or at once where the fault says that trying again is of no use. */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (tried >= options.attempts || (error instanceof ApiFault && !error.isRetryable)) throw error
      const backOffMs = Math.min(options.longestWaitMs, options.firstWaitMs * 2 ** (tried - 1))
      const waitMs = Math.max(backOffMs, error instanceof ApiFault ? error.retryAfterMs : 0)
      options.onFailure?.(error, waitMs)
      await options.wait(waitMs)
    }
  }
}
