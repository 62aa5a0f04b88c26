/** The way to an installation's API: queries and mutations over HTTP, subscriptions over one WebSocket, one cache for all. */
import { ApolloClient, ApolloLink, type InMemoryCache, HttpLink } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { createParleyCache } from './cache.ts'
import { resumeByRevision } from './resume-by-revision.ts'
import { closeSocket, openSocket } from './socket.ts'
import { SocketStatusStore } from './socket-status.ts'

/** An access token, or what gives the one that is valid now; null for nobody. */
export type TokenSource = string | (() => string | null | Promise<string | null>)

export interface ParleyOptions {
  /** Of the installation, without a path: `https://parley.example.org`. A page can only use the one that it comes from. */
  url: string
  /** Left out: the cookie of whoever is signed in on this page. */
  token?: TokenSource
  /** Left out: `createParleyCache()`. */
  cache?: InMemoryCache
  /** Lets Apollo's developer tools see the client. */
  devtools?: boolean
}

export interface ParleyConnection {
  client: ApolloClient
  /** Whether live updates come through: for a banner, or for whoever waits. */
  socketStatus: SocketStatusStore
  /** After signing in or out, or with another token: the socket was opened in another name, and the cache holds another's data. */
  changeIdentity(): Promise<void>
  /** Ends every subscription and request. A program can come to its end then. */
  close(): void
}

export function connectParley(options: ParleyOptions): ParleyConnection {
  const origin = options.url.replace(/\/+$/, '')
  const readToken = toReader(options.token)
  const socketStatus = new SocketStatusStore()
  const socket = openSocket({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    // Also for nobody: without the key a browser's cookie would say who it is.
    connectionParams: async () =>
      options.token === undefined ? {} : { authorization: '', ...toHeaders(await readToken()) },
    status: socketStatus,
  })
  const http = new HttpLink({
    uri: `${origin}/graphql`,
    credentials: options.token === undefined ? 'same-origin' : 'omit',
  })
  const identify = new SetContextLink(async ({ headers }) => ({
    headers: { ...headers, ...toHeaders(await readToken()) },
  }))
  const client = new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new GraphQLWsLink(resumeByRevision(socket)),
      options.token === undefined ? http : identify.concat(http),
    ),
    cache: options.cache ?? createParleyCache(),
    devtools: { enabled: options.devtools ?? false },
  })
  return {
    client,
    socketStatus,
    async changeIdentity() {
      socket.terminate()
      // Nothing was lost: it is closed to be opened anew.
      socketStatus.set('idle')
      await client.resetStore()
    },
    close() {
      client.stop()
      closeSocket(socket)
    },
  }
}

function toReader(token: TokenSource | undefined): () => string | null | Promise<string | null> {
  return typeof token === 'function' ? token : () => token ?? null
}

function toHeaders(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` }
}
