import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit'
import type { Client } from 'graphql-ws'
import { asWritten } from './as-written.ts'
import { fetchAs, toHeaders } from './post-graphql.ts'

/** What sends the editor's operations: subscriptions by this socket, the rest with this token or (null) by the cookie. */
export function createFetcher(token: string | null, socket: Client): Fetcher {
  const send = createGraphiQLFetcher({
    url: '/graphql',
    fetch: fetchAs(token),
    headers: toHeaders(token),
    wsClient: socket,
    enableIncrementalDelivery: false,
  })
  return (params, options) => send(...asWritten(params, options))
}
