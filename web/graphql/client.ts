/** The page's way to the API: queries and mutations over HTTP, subscriptions over one WebSocket, one cache for all. */
import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { getMainDefinition } from '@apollo/client/utilities'
import { createClient, type Client } from 'graphql-ws'
import { createCache } from './cache.ts'
import { resumeByRevision } from './resume-by-revision.ts'
import { SocketStatusStore } from './socket-status.ts'

export interface GraphqlConnection {
  client: ApolloClient
  socketStatus: SocketStatusStore
  /** After signing in or out: the socket was opened in another name, and the cache holds another's data. */
  changeIdentity(): Promise<void>
}

const pingMs = 15_000
const pongWithinMs = 6_000
const longestRetryMs = 10_000

export function createConnection(origin: string): GraphqlConnection {
  const socketStatus = new SocketStatusStore()
  const socket = createSocket(`${origin.replace(/^http/, 'ws')}/graphql`, socketStatus)
  const isSubscription = ({ query }: { query: Parameters<typeof getMainDefinition>[0] }): boolean => {
    const definition = getMainDefinition(query)
    return definition.kind === 'OperationDefinition' && definition.operation === 'subscription'
  }
  const http = new HttpLink({ uri: `${origin}/graphql`, credentials: 'same-origin' })
  const client = new ApolloClient({
    link: ApolloLink.split(isSubscription, new GraphQLWsLink(resumeByRevision(socket)), http),
    cache: createCache(),
    devtools: { enabled: import.meta.env.DEV },
  })
  return {
    client,
    socketStatus,
    async changeIdentity() {
      socket.terminate()
      await client.resetStore()
    },
  }
}

function createSocket(url: string, status: SocketStatusStore): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined
  const socket: Client = createClient({
    url,
    lazy: true,
    keepAlive: pingMs,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (tries) =>
      new Promise((resolve) =>
        setTimeout(resolve, Math.min(longestRetryMs, 300 * 2 ** tries) * (0.75 + Math.random() / 2)),
      ),
    on: {
      connected: () => status.set('connected'),
      // 1000: nobody listens any more. 4499: closed by this page, to open it anew.
      closed: (event) => status.set(isCleanClose(event) ? 'idle' : 'lost'),
      ping: (isReceived) => {
        // A network that is gone closes no socket: an answer that does not come does.
        if (!isReceived) pongTimer = setTimeout(() => socket.terminate(), pongWithinMs)
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongTimer)
      },
    },
  })
  return socket
}

function isCleanClose(event: unknown): boolean {
  const code = typeof event === 'object' && event !== null && 'code' in event ? event.code : undefined
  return code === 1000 || code === 4499
}
