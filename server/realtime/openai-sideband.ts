/** The server's own connection to a call that a browser holds: the same events, whatever becomes of the browser. */
import { on } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import WebSocket from 'ws'

const maxEventBytes = 1024 * 1024
/** Waits before it tries again after the connection broke; a call that is over refuses the next one. */
const retryDelaysMs = [200, 1_000, 3_000]

/**
 * The events of a call as JSON, from now until it is over or `stopped`. A connection that breaks is made again; what was said
 * meanwhile is not told again. Never throws. Source: OpenAI Realtime API, sideband connections (`call_id`). The SDK's own client
 * takes TLS only, and the partner on this machine has none.
 */
export async function* followOpenAiCall(
  service: { baseUrl: string; apiKey: string },
  callId: string,
  stopped: AbortSignal,
): AsyncGenerator<string> {
  const url = `${service.baseUrl.replace(/^http/, 'ws')}/realtime?call_id=${encodeURIComponent(callId)}`
  const headers = { authorization: `Bearer ${service.apiKey}` }
  for (const delayMs of [0, ...retryDelaysMs]) {
    await delay(delayMs, undefined, { signal: stopped }).catch(() => undefined)
    if (stopped.aborted) return
    const socket = new WebSocket(url, { headers, maxPayload: maxEventBytes, perMessageDeflate: false })
    let isOver = false
    socket.on('close', (code) => (isOver = code === 1000))
    try {
      yield* messagesOf(socket, stopped)
    } catch {
      // Refused, broken, or stopped: the next try tells.
    } finally {
      socket.on('error', () => undefined)
      socket.terminate()
    }
    if (isOver) return
  }
}

async function* messagesOf(socket: WebSocket, stopped: AbortSignal): AsyncGenerator<string> {
  const bounds = { highWaterMark: 200, lowWaterMark: 50 }
  for await (const [data] of on(socket, 'message', { close: ['close'], signal: stopped, ...bounds })) yield String(data)
}
