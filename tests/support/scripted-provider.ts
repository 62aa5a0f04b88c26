/** A stand-in for the voice service on loopback: answers as it is told, and remembers what it was asked. */
import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

export interface ProviderRequest {
  method: string
  path: string
  headers: http.IncomingHttpHeaders
  body: string
}

/** How the next requests are answered. */
export type ProviderMood =
  | { kind: 'well' }
  /** `only`: what the path of those that fail ends in; the others are answered well. */
  | { kind: 'status'; status: number; code?: string; retryAfterSeconds?: number; only?: string }
  | { kind: 'nonsense' }
  | { kind: 'silent' }
  | { kind: 'slow'; afterMs: number }

export interface ScriptedProvider {
  /** Ends in /v1. */
  baseUrl: string
  apiKey: string
  requests: ProviderRequest[]
  /** Every secret value that was minted. */
  secrets: string[]
  mood: ProviderMood
  /** What is found in any recording; null: nothing is. */
  aligned: { word: string; start: number; end: number }[] | null
  /** The server's own connection to a call, or a later one (2, 3, ...), once it has come: what is sent on it, the call says. */
  sideband(callId: string, nth?: number): Promise<WebSocket>
  /** How many there were. */
  sidebandCount(callId: string): number
  close(): Promise<void>
}

export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const sidebands = new Map<string, WebSocket[]>()
  const joined = new EventEmitter()
  const state: ScriptedProvider = {
    baseUrl: '',
    apiKey: `sk-test-${randomBytes(16).toString('hex')}`,
    requests: [],
    secrets: [],
    mood: { kind: 'well' },
    aligned: null,
    sideband: async (callId, nth = 1) => {
      for (;;) {
        const sideband = sidebands.get(callId)?.[nth - 1]
        if (sideband) return sideband
        await once(joined, callId)
      }
    },
    sidebandCount: (callId) => sidebands.get(callId)?.length ?? 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      state.requests.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') })
      answer(state, url, response)
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const callId = new URL(request.url ?? '/', 'http://provider').searchParams.get('call_id') ?? ''
    sockets.handleUpgrade(request, socket, head, (sideband) => {
      sidebands.set(callId, [...(sidebands.get(callId) ?? []), sideband])
      joined.emit(callId)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return state
}

function answer(state: ScriptedProvider, path: string, response: http.ServerResponse): void {
  const { mood } = state
  if (mood.kind === 'silent') return
  if (mood.kind === 'slow') return void setTimeout(() => answerWell(state, path, response), mood.afterMs)
  if (mood.kind === 'nonsense')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>')
  if (mood.kind === 'status' && path.endsWith(mood.only ?? '')) return refuse(mood, response)
  answerWell(state, path, response)
}

function refuse(mood: ProviderMood & { kind: 'status' }, response: http.ServerResponse): void {
  const error = { type: 'error', code: mood.code ?? null, message: 'no', param: null }
  const wait = mood.retryAfterSeconds === undefined ? {} : { 'retry-after': String(mood.retryAfterSeconds) }
  response.writeHead(mood.status, { 'content-type': 'application/json', ...wait }).end(JSON.stringify({ error }))
}

function answerWell(state: ScriptedProvider, path: string, response: http.ServerResponse): void {
  if (path === '/v1/realtime/client_secrets') {
    const value = `ek_${randomBytes(24).toString('hex')}`
    state.secrets.push(value)
    const minted = {
      value,
      expires_at: Math.floor(Date.now() / 1000) + 60,
      session: { type: 'realtime', object: 'realtime.session' },
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(minted))
  } else if (path === '/v1/realtime/calls') {
    const location = `/v1/realtime/calls/rtc_${randomBytes(8).toString('hex')}`
    response.writeHead(201, { 'content-type': 'application/sdp', location }).end('v=0\r\ns=answer\r\n')
  } else if (path === '/v1/audio/alignments') {
    response.writeHead(state.aligned ? 200 : 422).end(JSON.stringify({ words: state.aligned }))
  } else response.writeHead(200).end()
}
