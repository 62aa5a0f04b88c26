/** A stand-in for a service with OpenAI's `/audio/transcriptions` on loopback: answers as it is told, and keeps what it was sent. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ServiceRequest {
  authorization: string | undefined
  /** Fields that are no files, several of one name with commas between them. */
  fields: Record<string, string>
  /** What was sent as `file`, without the header of a WAV file. */
  samples: Int16Array
}

export type ServiceAnswer =
  | { status: number; headers?: Record<string, string>; body: unknown }
  /** The connection is cut. */
  | 'cut'
  /** There is none. */
  | 'silence'

export interface TranscriptionService {
  /** Ends in /v1. */
  baseUrl: string
  requests: ServiceRequest[]
  /** Names of the models that it lists. */
  models: string[]
  /** How often it was asked for them. */
  modelRequests: number
  /** One for each request, given once it is there; the last one for all that follow. */
  answers: (ServiceAnswer | Promise<ServiceAnswer>)[]
  close(): Promise<void>
}

/** `port` 0: any that is free. */
export async function startTranscriptionService(port = 0): Promise<TranscriptionService> {
  const server = http.createServer((request, response) => void answer(service, request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const service: TranscriptionService = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: [],
    models: [],
    modelRequests: 0,
    answers: [],
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return service
}

async function answer(service: TranscriptionService, request: http.IncomingMessage, response: http.ServerResponse) {
  if (request.url === '/v1/models') {
    service.modelRequests += 1
    return response.writeHead(200).end(JSON.stringify({ object: 'list', data: service.models.map((id) => ({ id })) }))
  }
  if (request.url !== '/v1/audio/transcriptions') return response.writeHead(404).end()
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  service.requests.push(await parse(request, Buffer.concat(chunks)))
  const next = await (service.answers.length > 1 ? service.answers.shift() : service.answers[0])
  if (next === 'silence' || !next) return
  if (next === 'cut') return request.socket.destroy()
  const body = typeof next.body === 'string' ? next.body : JSON.stringify(next.body)
  response.writeHead(next.status, { 'content-type': 'application/json', ...next.headers }).end(body)
}

async function parse(request: http.IncomingMessage, body: Buffer<ArrayBuffer>): Promise<ServiceRequest> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = await new Response(body, { headers }).formData()
  const fields: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = name in fields ? `${fields[name]},${value}` : value
  }
  const file = form.get('file')
  if (!(file instanceof Blob)) throw new Error('no file')
  return {
    authorization: request.headers.authorization,
    fields,
    samples: new Int16Array((await file.arrayBuffer()).slice(44)),
  }
}
