/** Tries counted in Redis, by all server nodes together. While it is away, each node counts for itself. */
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import { inTime, openRedis, type RedisOptions } from '../redis/open-redis.ts'
import type { LimiterMaker } from './throttle.ts'

export interface RedisLimiters {
  make: LimiterMaker
  close(): Promise<void>
}

export function createRedisLimiters(options: RedisOptions): RedisLimiters {
  const client = openRedis(options)
  // As much of it as the library uses, each answer awaited only so long.
  const storeClient = {
    get isReady() {
      return client.isReady
    },
    eval: (...rest: Parameters<typeof client.eval>) => inTime(client.eval(...rest)),
    del: (key: string) => inTime(client.del(key)),
  }
  return {
    make(name, { tries: points, perSeconds: duration }) {
      const keyPrefix = `parley:throttle:${name}`
      return new RateLimiterRedis({
        storeClient,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        keyPrefix,
        points,
        duration,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }),
      })
    },
    close: async () => client.destroy(),
  }
}
