import type { onRequestAsyncHookHandler } from 'fastify'
import type { Throttle } from '../auth/throttle.ts'
import { RateLimitedError } from '../domain/errors.ts'

/** Counts requests by the network address of whoever sends them, before anything is done for them; answers 429 where there were too many. */
export function countByAddress(throttle: Throttle): onRequestAsyncHookHandler {
  return async (request, reply) => {
    try {
      await throttle.spend(request.ip)
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error
      const { code, message, retryAfterSeconds } = error
      // Nobody reads the body that may be on its way.
      reply.code(429).headers({ 'retry-after': String(retryAfterSeconds), connection: 'close' })
      return reply.send({ error: { code, message, retryable: true } })
    }
  }
}
