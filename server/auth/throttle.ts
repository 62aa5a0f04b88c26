import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
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
  /** Every mutation, by viewer. */
  mutation: Throttle
  /**
   * Every request of the API and subscription, by viewer, or by network address of one who is not signed in. By address alone what
   * comes without GraphQL: offers of calls, and what the payment service tells.
   */
  request: Throttle
  /** Requests for what is stored, published or by a signed address, by the client's network address. */
  file: Throttle
}

export interface Allowance {
  tries: number
  perSeconds: number
}

export type Allowances = Record<keyof Throttles, Allowance>

/** A live session appends a few times a second; nobody mistypes a password ten times. */
export function toAllowances(limits: {
  requestsPerMinute: number
  mutationsPerMinute: number
  fileRequestsPerMinute: number
}): Allowances {
  return {
    account: { tries: 10, perSeconds: 900 },
    client: { tries: 60, perSeconds: 900 },
    mutation: { tries: limits.mutationsPerMinute, perSeconds: 60 },
    request: { tries: limits.requestsPerMinute, perSeconds: 60 },
    file: { tries: limits.fileRequestsPerMinute, perSeconds: 60 },
  }
}

/** Keeps the counts under names that begin with `name`: several throttles may share a store, and several nodes one. */
export type LimiterMaker = (name: string, allowance: Allowance) => RateLimiterAbstract

const inThisProcess: LimiterMaker = (name, { tries, perSeconds }) =>
  new RateLimiterMemory({ keyPrefix: name, points: tries, duration: perSeconds })

export function createThrottles(allowances: Allowances, makeLimiter: LimiterMaker = inThisProcess): Throttles {
  const create = (name: keyof Throttles): Throttle => createThrottle(makeLimiter(name, allowances[name]))
  return {
    account: create('account'),
    client: create('client'),
    mutation: create('mutation'),
    request: create('request'),
    file: create('file'),
  }
}

function createThrottle(limiter: RateLimiterAbstract): Throttle {
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
