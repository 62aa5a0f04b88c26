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

export interface PacedSocket {
  /** Resolves when the message has left this process, and when the socket is given up or closed. */
  send(data: string): Promise<void>
  stop(): void
}

/**
 * Sends one message after the other as the peer takes them, so that whoever produces them waits as well. `onGiveUp` is
 * told when a reader is closed for being slow: its close may take long to arrive, what was held for it is free at once.
 */
export function openPacedSocket(webSocket: WebSocket, options: PacedSocketOptions, onGiveUp: () => void): PacedSocket {
  const waiting = new Set<() => void>()
  const stopPings = keepPinging(webSocket, options.pingEveryMs)
  const giveUp = (): void => {
    stopPings()
    webSocket.close(slowReaderCode, 'Slow reader: resume by revision')
    for (const release of waiting) release()
    onGiveUp()
  }
  const isFull = (data: string): boolean =>
    webSocket.bufferedAmount > 0 && webSocket.bufferedAmount + Buffer.byteLength(data) > options.maxBufferedBytes
  return {
    async send(data) {
      if (webSocket.readyState !== webSocket.OPEN) return
      if (isFull(data)) return giveUp()
      await new Promise<void>((resolve, reject) => {
        const stall = setTimeout(giveUp, options.stallMs)
        const release = (error?: Error | null): void => {
          clearTimeout(stall)
          waiting.delete(release)
          // A socket that closed meanwhile is no error of the producer's: its iterator is returned.
          if (error && webSocket.readyState === webSocket.OPEN) reject(error)
          else resolve()
        }
        waiting.add(release)
        webSocket.send(data, release)
      })
    },
    stop: stopPings,
  }
}

/** Ends a peer that is gone without a word: two pings without a sign of life. Gives what stops it. */
function keepPinging(webSocket: WebSocket, everyMs: number): () => void {
  let isAlive = true
  webSocket.on('pong', () => {
    isAlive = true
  })
  const pings = setInterval(() => {
    if (!isAlive) return webSocket.terminate()
    isAlive = false
    webSocket.ping()
  }, everyMs)
  return () => clearInterval(pings)
}
