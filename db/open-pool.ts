import pg from 'pg'

export type Pool = pg.Pool

export interface PoolOptions {
  url: string
  maxConnections: number
  /** Told of connections that broke, while idle or in use; the pool replaces them, and a statement that was under way rejects. */
  onConnectionError?: (error: Error) => void
}

/**
 * Connections that may break without ending the process: while idle, in the middle of a transaction, and in the moment in which
 * the pool closes them too.
 */
export function openPool(options: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    connectionTimeoutMillis: 10_000,
  })
  const onError = options.onConnectionError ?? (() => undefined)
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}
