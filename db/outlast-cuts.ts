/**
 * The queue tries to note that a job is done, or has failed, again only after errors of a few codes (graphile-worker 0.18,
 * `RETRYABLE_ERROR_CODES`). A connection that is cut in that moment is none of them, and what it does not try again rejects where
 * nobody catches it: that would end the process, and leave the job locked by a worker that lives.
 */
import type { PoolClient } from 'pg'
import type { Pool } from './open-pool.ts'

/** "Cannot connect now": tried again after 3 s at first, a hundred times. */
const triedAgain = '57P03'
/** Source: PostgreSQL, "Error codes": class 08 (connection), and 57P01 to 57P05 (the server ended it). */
const cutByServer = /^(08...|57P0.)$/
const cutOnTheWay: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT'])
/** What the client says by itself has no code. */
const cutInWords = /connection terminated|connection error|timeout exceeded when trying to connect/i

/** Gives errors of cut connections a code with which the queue tries again. For a pool that the queue alone uses. */
export function outlastCuts(pool: Pool): Pool {
  const connect = pool.connect.bind(pool)
  type Connect = (callback?: Parameters<typeof connect>[0]) => Promise<PoolClient> | void
  const connectAgain: Connect = (callback) => {
    if (callback) return connect(callback)
    // When everything is being closed nothing is noted any more: the job counts as a dead worker's.
    return pool.ending ? new Promise<never>(() => undefined) : connect().catch(rethrow)
  }
  pool.connect = connectAgain as typeof pool.connect
  pool.on('connect', (client) => {
    const query: (...question: unknown[]) => unknown = client.query.bind(client)
    const queryAgain = (...question: unknown[]): unknown => {
      const answer = query(...question)
      return answer instanceof Promise ? answer.catch(rethrow) : answer
    }
    client.query = queryAgain as typeof client.query
  })
  return pool
}

function rethrow(error: unknown): never {
  if (error instanceof Error && isCut(error)) Object.assign(error, { code: triedAgain })
  throw error
}

function isCut(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return code === null ? cutInWords.test(error.message) : cutByServer.test(code) || cutOnTheWay.has(code)
}
