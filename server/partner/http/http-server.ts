/** The partner's HTTP surface: routes, cross-origin rules and errors in the form of OpenAI's API. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { newId } from '../call.ts'
import type { Aligner } from '../alignment/aligner.ts'
import { postAlignment } from '../alignment/post-alignment.ts'
import type { Calls } from '../calls.ts'
import type { Log } from '../log.ts'
import { toSecretKey } from '../session/client-secrets.ts'
import { postTranscription } from '../transcription/post-transcription.ts'
import type { Transcriber } from '../transcription/transcriber.ts'
import { ApiError } from './api-error.ts'
import { isSameKey, readBearer, requireApiKey } from './bearer.ts'
import { mintSecret, type MintParts } from './mint-secret.ts'
import { openCall } from './open-call.ts'
import type { Sideband } from './sideband.ts'

export interface HttpParts extends MintParts {
  allowedOrigins: readonly string[]
  calls: Calls
  sideband: Sideband
  aligner: Aligner
  transcriber: Transcriber
  /** What the partner understands of a learner who has a microphone and makes no choice. */
  tier: () => number
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
    handle: (_request, { calls, tier }) => ({
      status: 200,
      body: { status: 'ok', tier: tier(), calls: calls.size, capacity: calls.capacity },
    }),
  },
  {
    method: 'POST',
    path: /^\/v1\/realtime\/client_secrets$/,
    handle: async (request, parts) => ({ status: 200, body: await mintSecret(request, parts) }),
  },
  { method: 'POST', path: /^\/v1\/realtime\/calls$/, handle: answerCall },
  { method: 'POST', path: /^\/v1\/audio\/alignments$/, handle: alignText },
  { method: 'POST', path: /^\/v1\/audio\/transcriptions$/, handle: transcribe },
  { method: 'GET', path: /^\/v1\/models$/, handle: listModels },
  { method: 'POST', path: /^\/v1\/realtime\/calls\/([\w-]+)\/hangup$/, handle: hangUp },
]

export function createHttpServer(parts: HttpParts): Server {
  const server = createServer((request, response) => {
    void serve(request, parts).then((answer) => send(request, response, parts, answer))
  })
  return server.on('upgrade', (request, socket, head) => parts.sideband.upgrade(request, socket, head))
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
    const { status, retryAfterSeconds } = fault
    const retry: Record<string, string> = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }
    return { status, headers: retry, body: fault.toBody() }
  }
}

function missingRoute(routes: readonly Route[], method: string): ApiError {
  if (routes.length === 0) return new ApiError(404, 'unknown_url', 'There is nothing at this address.')
  return new ApiError(405, 'method_not_supported', `Not allowed to ${method} here.`)
}

async function alignText(request: IncomingMessage, { apiKey, aligner }: HttpParts): Promise<Answer> {
  requireApiKey(request, apiKey)
  return { status: 200, body: await postAlignment(request, aligner) }
}

async function transcribe(request: IncomingMessage, { apiKey, transcriber }: HttpParts): Promise<Answer> {
  requireApiKey(request, apiKey)
  return { status: 200, body: await postTranscription(request, transcriber) }
}

/** Those that write down what is said: the speech model, or none. */
function listModels(request: IncomingMessage, { apiKey, transcriber }: HttpParts): Answer {
  requireApiKey(request, apiKey)
  const id = transcriber.modelName
  const data = id === null ? [] : [{ id, object: 'model', created: 0, owned_by: 'parley' }]
  return { status: 200, body: { object: 'list', data } }
}

async function answerCall(request: IncomingMessage, { secrets, calls }: HttpParts): Promise<Answer> {
  const { callId, answer } = await openCall(request, secrets, calls)
  return {
    status: 201,
    headers: { 'content-type': 'application/sdp', location: `/v1/realtime/calls/${callId}` },
    body: answer,
  }
}

/** A call is ended by the platform's server, or by the secret that opened it, which may have expired meanwhile. */
function hangUp(request: IncomingMessage, { calls, apiKey }: HttpParts, match: RegExpExecArray): Answer {
  const bearer = readBearer(request)
  const call = calls.find(match[1] ?? '')
  const isAllowed = isSameKey(bearer, apiKey) || (call && isSameKey(toSecretKey(bearer), call.secretKey))
  if (!isAllowed) throw new ApiError(401, 'invalid_api_key', 'Incorrect API key provided.')
  if (!call) throw new ApiError(404, 'call_id_not_found', 'There is no such call.')
  call.hangUp()
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
