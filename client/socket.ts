/** The WebSocket of subscriptions: opened with the first, kept alive, and opened again for as long as somebody listens. */
import { createClient, type Client, type ClientOptions } from 'graphql-ws'
import type { SocketStatusStore } from './socket-status.ts'

const pingMs = 15_000
const pongWithinMs = 6_000
const longestRetryMs = 10_000

export interface SocketOptions {
  url: string
  connectionParams: ClientOptions['connectionParams']
  status: SocketStatusStore
}

export function openSocket({ url, connectionParams, status }: SocketOptions): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined
  const socket: Client = createClient({
    url,
    connectionParams,
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
      closed: (event) => {
        // It would end the next connection for what this one did not answer.
        clearTimeout(pongTimer)
        status.set(isCleanClose(event) ? 'idle' : 'lost')
      },
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

/** For good. While it connects again, what it awaits fails: nobody minds then. */
export function closeSocket(socket: Client): void {
  Promise.resolve(socket.dispose()).catch(() => undefined)
}

/** Nobody listens any more. */
function isCleanClose(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && event.code === 1000
}
