import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { RateLimitedError } from '../domain/errors.ts'

/** How often something may be tried under one key. */
export interface Throttle {
  /** Counts a try. Throws RateLimitedError where there were too many. */
  spend(key: string): Promise<void>
  /** Forgets the tries of a key: the right password was given. */
  forgive(key: string): Promise<void>
}

export interface Throttles {
  /** Sign-ins and password changes, by account. */
  account: Throttle
  /** Sign-ins and sign-ups, by the client's network address. */
  client: Throttle
  /** Every mutation, by viewer, or by network address of one who is not signed in. */
  mutation: Throttle
}

export interface Allowance {
  tries: number
  perSeconds: number
}

export type Allowances = Record<keyof Throttles, Allowance>

/** A live session appends a few times a second; nobody mistypes a password ten times. */
export const defaultAllowances: Allowances = {
  account: { tries: 10, perSeconds: 900 },
  client: { tries: 60, perSeconds: 900 },
  mutation: { tries: 1_200, perSeconds: 60 },
}

export function createThrottles(allowances: Allowances = defaultAllowances): Throttles {
  return {
    account: createThrottle(allowances.account),
    client: createThrottle(allowances.client),
    mutation: createThrottle(allowances.mutation),
  }
}

function createThrottle(allowance: Allowance): Throttle {
  const limiter = new RateLimiterMemory({ points: allowance.tries, duration: allowance.perSeconds })
  return {
    async spend(key) {
      try {
        await limiter.consume(key)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes)
          throw new RateLimitedError(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
        throw refusal
      }
    },
    forgive: async (key) => void (await limiter.delete(key)),
  }
}
