/** A stand-in for a language model's service on loopback: speaks the Responses API, answers as it is told, remembers what it was asked. */
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ModelRequest {
  path: string
  headers: http.IncomingHttpHeaders
  body: Record<string, unknown>
  atMs: number
}

export type ModelAnswer =
  /** The model writes this; an object as JSON. */
  | { kind: 'written'; answer: unknown }
  | { kind: 'refusal' }
  | { kind: 'truncated'; reason: 'max_output_tokens' | 'content_filter' }
  | { kind: 'failed'; code: string }
  | { kind: 'status'; status: number; code?: string; message?: string; retryAfterSeconds?: number }
  /** No JSON at all, though it says so. */
  | { kind: 'nonsense'; text: string }
  /** Never answers. */
  | { kind: 'silent' }

export interface ResponsesServer {
  /** Ends in /v1. */
  baseUrl: string
  apiKey: string
  /** The id of the model that answers, whatever name was asked for. */
  model: string
  requests: ModelRequest[]
  /** One a request; the last one for all that follow. */
  answers: ModelAnswer[]
  /** How long the model thinks. */
  thinksMs: number
  close(): Promise<void>
}

export async function startResponsesServer(): Promise<ResponsesServer> {
  const state: ResponsesServer = {
    baseUrl: '',
    apiKey: `sk-test-${randomBytes(16).toString('hex')}`,
    model: 'examiner-2026-01-01',
    requests: [],
    answers: [],
    thinksMs: 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>
      state.requests.push({ path: request.url ?? '', headers: request.headers, body, atMs: performance.now() })
      const answer = state.answers.length > 1 ? state.answers.shift() : state.answers[0]
      if (answer) setTimeout(() => reply(state, answer, response), state.thinksMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return state
}

function reply(state: ResponsesServer, answer: ModelAnswer, response: http.ServerResponse): void {
  if (answer.kind === 'silent') return
  if (answer.kind === 'nonsense')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(answer.text)
  if (answer.kind === 'status') {
    const { status, code = null, message = 'no', retryAfterSeconds } = answer
    const wait = { 'retry-after-ms': String((retryAfterSeconds ?? 0.001) * 1_000) }
    const error = { type: 'error', code, message, param: null }
    return void response
      .writeHead(status, { 'content-type': 'application/json', ...wait })
      .end(JSON.stringify({ error }))
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(toResponse(state.model, answer)))
}

function toResponse(
  model: string,
  answer: Exclude<ModelAnswer, { kind: 'silent' | 'nonsense' | 'status' }>,
): Record<string, unknown> {
  const base = {
    id: `resp_${randomBytes(8).toString('hex')}`,
    object: 'response',
    model,
    error: null,
    incomplete_details: null,
  }
  const thought = { type: 'reasoning', id: 'rs_1', summary: [] }
  const message = (content: unknown, status = 'completed'): unknown => ({
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status,
    content: [content],
  })
  switch (answer.kind) {
    case 'written': {
      const text = typeof answer.answer === 'string' ? answer.answer : JSON.stringify(answer.answer)
      return {
        ...base,
        status: 'completed',
        output: [thought, message({ type: 'output_text', text, annotations: [] })],
      }
    }
    case 'refusal':
      return {
        ...base,
        status: 'completed',
        output: [message({ type: 'refusal', refusal: 'I cannot help with that.' })],
      }
    case 'truncated': {
      const text = '{"overallLevel":"B1","levelRa'
      const output = [thought, message({ type: 'output_text', text, annotations: [] }, 'incomplete')]
      return { ...base, status: 'incomplete', incomplete_details: { reason: answer.reason }, output }
    }
    case 'failed':
      return { ...base, status: 'failed', error: { code: answer.code, message: 'it broke' }, output: [] }
  }
}
