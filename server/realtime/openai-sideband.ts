/** The server's own connection to a call that a browser holds: the same events, whatever becomes of the browser. */
import { setTimeout as delay } from 'node:timers/promises'
import WebSocket from 'ws'

const maxEventBytes = 1024 * 1024
/** Waits before each try. One that worked, and broke, begins again at the second. */
const delaysMs = [0, 200, 1_000, 3_000]
/** Every connection begins with the session as it is; only what comes after it shows that it works. */
const greetings = 1
/** Source: RFC 6455, section 7.4.1. */
const closedNormally = 1000

/**
 * Hands on the events of a call as JSON. A connection that breaks is made again; what was said meanwhile is not told again.
 * Gives whether the call is over; else it could not be followed any longer, or was `stopped`. Never rejects.
 * Source: OpenAI Realtime API, sideband connections (`call_id`). The SDK's own client takes TLS only, and the partner on this
 * machine has none.
 */
export async function followOpenAiCall(
  service: { baseUrl: string; apiKey: string },
  callId: string,
  receive: (event: string) => void,
  stopped: AbortSignal,
): Promise<boolean> {
  const url = `${service.baseUrl.replace(/^http/, 'ws')}/realtime?call_id=${encodeURIComponent(callId)}`
  const headers = { authorization: `Bearer ${service.apiKey}` }
  for (let attempt = 0; attempt < delaysMs.length; attempt += 1) {
    await delay(delaysMs[attempt], undefined, { signal: stopped }).catch(() => undefined)
    if (stopped.aborted) return false
    const socket = new WebSocket(url, { headers, maxPayload: maxEventBytes, perMessageDeflate: false })
    const { received, code } = await listen(socket, receive, stopped)
    if (code === closedNormally) return true
    if (received > greetings) attempt = 0
  }
  return false
}

/** Until the connection is closed, which comes after every error too. */
async function listen(
  socket: WebSocket,
  receive: (event: string) => void,
  stopped: AbortSignal,
): Promise<{ received: number; code: number }> {
  const stop = (): void => socket.terminate()
  stopped.addEventListener('abort', stop)
  let received = 0
  const code = await new Promise<number>((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', resolve)
    socket.on('message', (data: Buffer) => {
      received += 1
      receive(data.toString('utf8'))
    })
  })
  stopped.removeEventListener('abort', stop)
  return { received, code }
}
