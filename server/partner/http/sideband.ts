/**
 * GET /v1/realtime?call_id=…, upgraded: a server follows a call beside the learner's browser. It gets the session as it is,
 * then every event that the browser gets, and may send the same client events. Source: OpenAI, Realtime server controls.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Calls, OpenCall } from '../calls.ts'
import type { Log } from '../log.ts'
import { ApiError } from './api-error.ts'
import { requireApiKey } from './bearer.ts'

export interface SidebandParts {
  apiKey: string
  calls: Calls
  log: Log
}

export interface Sideband {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

const MOST_MESSAGE_BYTES = 256 * 1024
/** What may wait for a reader; with more he is too slow to be of use. */
const MOST_WAITING_BYTES = 1024 * 1024
const MOST_PER_CALL = 4
/** Source: RFC 6455, section 7.4.1, and its registry: normal, and "try again later". */
const CLOSED_NORMALLY = 1000
const CLOSED_TOO_SLOW = 1013

export function createSideband(parts: SidebandParts): Sideband {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false })
  const counts = new WeakMap<OpenCall, number>()
  return {
    upgrade(request, socket, head) {
      // Of a connection that breaks there is nothing to tell anyone.
      socket.on('error', () => socket.destroy())
      try {
        const call = findCall(request, parts)
        const count = counts.get(call) ?? 0
        if (count >= MOST_PER_CALL) throw new ApiError(429, 'too_many_connections', 'The call is followed already.')
        counts.set(call, count + 1)
        sockets.handleUpgrade(request, socket, head, (webSocket) => {
          join(call, webSocket, parts.log)
          webSocket.once('close', () => counts.set(call, (counts.get(call) ?? 1) - 1))
        })
      } catch (error) {
        if (!(error instanceof ApiError)) parts.log.error('request-failed', { reason: String(error) })
        refuse(socket, error instanceof ApiError ? error : new ApiError(500, 'internal_error', 'Something went wrong.'))
      }
    },
    close() {
      for (const webSocket of sockets.clients) webSocket.terminate()
    },
  }
}

function findCall(request: IncomingMessage, { apiKey, calls }: SidebandParts): OpenCall {
  const url = new URL(request.url ?? '/', 'http://partner')
  if (url.pathname !== '/v1/realtime') throw new ApiError(404, 'unknown_url', 'There is nothing at this address.')
  requireApiKey(request, apiKey)
  const callId = url.searchParams.get('call_id')
  if (!callId) throw new ApiError(400, 'missing_call_id', 'Only calls in progress can be joined.', 'call_id')
  const call = calls.find(callId)
  if (!call) throw new ApiError(404, 'call_id_not_found', 'There is no such call.')
  return call
}

function join(call: OpenCall, webSocket: WebSocket, log: Log) {
  const leave = call.attach({
    text(text) {
      if (webSocket.readyState !== webSocket.OPEN) return
      if (webSocket.bufferedAmount <= MOST_WAITING_BYTES) return webSocket.send(text)
      leave()
      log.info('sideband-too-slow')
      webSocket.close(CLOSED_TOO_SLOW, 'Too slow a reader')
    },
    ended: () => webSocket.close(CLOSED_NORMALLY, 'The call has ended'),
  })
  webSocket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) call.receive(data.toString('utf8'))
  })
  webSocket.on('error', () => {})
  webSocket.on('close', leave)
}

function refuse(socket: Duplex, fault: ApiError) {
  const body = JSON.stringify(fault.toBody())
  socket.end(
    [
      `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status] ?? ''}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
