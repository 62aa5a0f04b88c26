/** The partner's HTTP surface: routes, cross-origin rules and errors in the form of OpenAI's API. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { newId } from '../call.ts'
import type { Calls } from '../calls.ts'
import type { Log } from '../log.ts'
import { ApiError } from './api-error.ts'
import { mintSecret, type MintParts } from './mint-secret.ts'
import { openCall } from './open-call.ts'

export interface HttpParts extends MintParts {
  allowedOrigins: readonly string[]
  calls: Calls
  log: Log
}

interface Answer {
  status: number
  headers?: Record<string, string>
  /** Text as it is, anything else as JSON. */
  body: unknown
}

interface Route {
  method: 'GET' | 'POST'
  path: RegExp
  handle: (request: IncomingMessage, parts: HttpParts, match: RegExpExecArray) => Promise<Answer> | Answer
}

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/health$/,
    handle: (_request, { calls }) => ({ status: 200, body: { status: 'ok', calls: calls.size } }),
  },
  {
    method: 'POST',
    path: /^\/v1\/realtime\/client_secrets$/,
    handle: async (request, parts) => ({ status: 200, body: await mintSecret(request, parts) }),
  },
  { method: 'POST', path: /^\/v1\/realtime\/calls$/, handle: answerCall },
  { method: 'POST', path: /^\/v1\/realtime\/calls\/([\w-]+)\/hangup$/, handle: hangUp },
]

export function createHttpServer(parts: HttpParts): Server {
  return createServer((request, response) => {
    void serve(request, parts).then((answer) => send(request, response, parts, answer))
  })
}

async function serve(request: IncomingMessage, parts: HttpParts): Promise<Answer> {
  try {
    if (request.method === 'OPTIONS') return { status: 204, body: '' }
    const path = new URL(request.url ?? '/', 'http://partner').pathname
    const routes = ROUTES.filter((route) => route.path.test(path))
    const route = routes.find(({ method }) => method === request.method)
    const match = route?.path.exec(path)
    if (!route || !match) throw missingRoute(routes, request.method ?? '')
    return await route.handle(request, parts, match)
  } catch (error) {
    const known = error instanceof ApiError ? error : null
    if (!known) parts.log.error('request-failed', { reason: error instanceof Error ? error.message : 'unknown' })
    const fault = known ?? new ApiError(500, 'internal_error', 'The server had an error while processing your request.')
    const retry: Record<string, string> = fault.status === 429 || fault.status === 503 ? { 'retry-after': '2' } : {}
    return { status: fault.status, headers: retry, body: fault.toBody() }
  }
}

function missingRoute(routes: readonly Route[], method: string): ApiError {
  if (routes.length === 0) return new ApiError(404, 'unknown_url', 'There is nothing at this address.')
  return new ApiError(405, 'method_not_supported', `Not allowed to ${method} here.`)
}

async function answerCall(request: IncomingMessage, { secrets, calls }: HttpParts): Promise<Answer> {
  const { callId, answer } = await openCall(request, secrets, calls)
  return {
    status: 201,
    headers: { 'content-type': 'application/sdp', location: `/v1/realtime/calls/${callId}` },
    body: answer,
  }
}

/** Whoever knows the random call id may end the call: browsers hang up without their secret, which may have expired. */
function hangUp(_request: IncomingMessage, { calls }: HttpParts, match: RegExpExecArray): Answer {
  if (!calls.hangUp(match[1] ?? '')) throw new ApiError(404, 'call_id_not_found', 'There is no such call.')
  return { status: 200, body: '' }
}

function send(request: IncomingMessage, response: ServerResponse, parts: HttpParts, { status, headers, body }: Answer) {
  const isText = typeof body === 'string'
  response.writeHead(status, {
    ...(isText ? {} : { 'content-type': 'application/json' }),
    'cache-control': 'no-store',
    'x-request-id': newId('req'),
    ...crossOrigin(request, parts.allowedOrigins),
    ...headers,
    // What is left of a refused body is not read: the connection cannot be used again.
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(isText ? body : JSON.stringify(body))
}

function crossOrigin(request: IncomingMessage, allowed: readonly string[]): Record<string, string> {
  const { origin } = request.headers
  if (!origin || (allowed.length > 0 && !allowed.includes(origin))) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST, GET, OPTIONS',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'authorization, content-type',
    'access-control-expose-headers': 'Location',
    vary: 'Origin',
  }
}
