/** Redis, where an installation has one: what server nodes share beside the database, and can do without. */
import { createClient } from '@redis/client'

/** Longer than Redis should ever take on a good day; without it nobody is kept waiting. */
const patienceMs = 100

// Commands are refused at once while there is no connection.
const create = (url: string) => createClient({ url, disableOfflineQueue: true, socket: { connectTimeout: 2_000 } })

export type RedisClient = ReturnType<typeof create>

export interface RedisOptions {
  /** `redis://` or, over TLS, `rediss://`. */
  url: string
  /** Told of each fault; the connection is made again by itself. */
  onFault: (error: Error) => void
}

/** Redis did not answer in time. */
export class RedisLateError extends Error {
  override name = 'RedisLateError'
}

/** Does not wait for Redis. To be destroyed. */
export function openRedis({ url, onFault }: RedisOptions): RedisClient {
  const client = create(url)
  client.on('error', onFault)
  // Tries until it is closed; each failure is told as an error.
  client.connect().catch(() => undefined)
  return client
}

/** Throws RedisLateError where the answer does not come in time. */
export async function inTime<T>(answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new RedisLateError('Redis did not answer in time')), patienceMs)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
