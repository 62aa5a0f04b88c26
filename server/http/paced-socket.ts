import type { WebSocket } from 'ws'

export interface PacedSocketOptions {
  /** A message that is not taken within this time closes the socket. */
  stallMs: number
  /** No more than this waits unsent for one socket. */
  maxBufferedBytes: number
  /** How often a silent peer is asked for a sign of life. */
  pingEveryMs: number
}

export const defaultPacing: PacedSocketOptions = { stallMs: 10_000, maxBufferedBytes: 1024 * 1024, pingEveryMs: 15_000 }

/** Closes a reader who is too slow; he may come back and resume by revision. In the range for applications, RFC 6455, section 7.4.2. */
export const slowReaderCode = 4513

/**
 * Sends one message after the other as the peer takes them, so that whoever produces them waits as well.
 * A send resolves when the message has left this process, and when the socket is closed.
 */
export function openPacedSocket(
  webSocket: WebSocket,
  options: PacedSocketOptions,
): { send(data: string): Promise<void>; stop(): void } {
  const giveUp = (): void => webSocket.close(slowReaderCode, 'Slow reader: resume by revision')
  let isAlive = true
  webSocket.on('pong', () => {
    isAlive = true
  })
  const pings = setInterval(() => {
    if (!isAlive) return webSocket.terminate()
    isAlive = false
    webSocket.ping()
  }, options.pingEveryMs)
  return {
    send(data) {
      if (webSocket.readyState !== webSocket.OPEN) return Promise.resolve()
      if (webSocket.bufferedAmount > 0 && webSocket.bufferedAmount + data.length > options.maxBufferedBytes) {
        giveUp()
        return Promise.resolve()
      }
      return new Promise((resolve, reject) => {
        const stall = setTimeout(giveUp, options.stallMs)
        webSocket.send(data, (error) => {
          clearTimeout(stall)
          // A socket that closed meanwhile is no error of the producer's: its iterator is returned.
          if (error && webSocket.readyState === webSocket.OPEN) reject(error)
          else resolve()
        })
      })
    },
    stop: () => clearInterval(pings),
  }
}
