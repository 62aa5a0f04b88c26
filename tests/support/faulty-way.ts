/** The way between a browser and a server: an HTTP proxy (WebSockets too) that loses, cuts, delays or forges on order. */
import { Agent, createServer, type IncomingMessage, request as sendRequest, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

export interface WayRequest {
  method: string
  path: string
  /** Of GraphQL; null for anything else. */
  operation: string | null
  body: Buffer
}

export type Meddling =
  /** It never reaches the server. */
  | { kind: 'lose-request' }
  /** The server does what it is asked; nobody hears of it. */
  | { kind: 'lose-answer' }
  /** The server gets only so much of the body before the way breaks. */
  | { kind: 'cut-body'; bytes: number }
  | { kind: 'delay'; ms: number }
  /** Somebody on the way answers in the server's place. */
  | { kind: 'answer'; status: number; body: string }
  /** What comes back, or what reaches the server, is changed on the way. */
  | { kind: 'rewrite'; answer: (body: string) => Promise<string> }
  | { kind: 'change-body'; change: (body: Buffer) => Buffer }
  | { kind: 'change-type'; mimeType: string }
  /** Something else happens while the server is at it; what comes of the answer is not meddled with. */
  | { kind: 'meanwhile'; work: () => Promise<void> }

export interface FaultyWay {
  url: string
  /** Everything that passed, oldest first. */
  passed: WayRequest[]
  /** Those that match are meddled with, `times` times (once where not said); the latest order counts. Resolves with the first. */
  order(
    isMeant: (request: WayRequest) => boolean,
    meddling: Meddling | ((request: WayRequest) => Meddling),
    times?: number,
  ): Promise<WayRequest>
  /** The orders that ended not yet are taken back, but for those for good (`times` Infinity). */
  forget(): void
  /** All connections break, and none comes through until `mend`. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

interface Order {
  isMeant: (request: WayRequest) => boolean
  meddling: (request: WayRequest) => Meddling
  times: number
  met: (request: WayRequest) => void
}

/** Towards a server on this machine that need not be there yet, nor all the time. `port` 0: any. */
export async function startFaultyWay(target: () => number, port = 0): Promise<FaultyWay> {
  const sockets = new Set<Duplex>()
  const passed: WayRequest[] = []
  const orders: Order[] = []
  let isCut = false
  const server = createServer((incoming, outgoing) => {
    void forward(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket: Socket) => {
    if (isCut) return void socket.destroy()
    keep(socket)
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    joinSockets(incoming, socket, head, connect(target(), '127.0.0.1'), keep)
  })

  function keep(socket: Duplex): void {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }

  async function forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming)
    const request = toWayRequest(incoming, body)
    passed.push(request)
    const order = orders.findLast((each) => each.isMeant(request))
    if (!order) return pass(incoming, outgoing, body)
    order.times -= 1
    if (order.times === 0) orders.splice(orders.indexOf(order), 1)
    order.met(request)
    await meddle(order.meddling(request), incoming, outgoing, body)
  }

  async function meddle(how: Meddling, incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer) {
    if (how.kind === 'lose-request') return void incoming.socket.destroy()
    if (how.kind === 'answer') return void outgoing.writeHead(how.status).end(how.body)
    if (how.kind === 'delay') await delay(how.ms)
    if (how.kind === 'lose-answer') {
      await ask(target(), incoming, body)
      return void incoming.socket.destroy()
    }
    if (how.kind === 'cut-body') {
      await ask(target(), incoming, body.subarray(0, how.bytes), body.length).catch(() => undefined)
      return void incoming.socket.destroy()
    }
    if (how.kind === 'change-body') return pass(incoming, outgoing, how.change(body))
    if (how.kind === 'change-type') {
      incoming.headers['content-type'] = how.mimeType
      return pass(incoming, outgoing, body)
    }
    if (how.kind === 'rewrite') return passChanged(how, incoming, outgoing, body)
    const work = how.kind === 'meanwhile' ? how.work() : null
    await Promise.all([pass(incoming, outgoing, body).catch(() => incoming.socket.destroy()), work])
  }

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): Promise<void> {
    const answer = await ask(target(), incoming, body)
    keep(answer.socket)
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.on('error', () => incoming.socket.destroy())
    answer.pipe(outgoing)
  }

  async function passChanged(
    how: Extract<Meddling, { kind: 'rewrite' }>,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: Buffer,
  ): Promise<void> {
    const answer = await ask(target(), incoming, body)
    const original = (await readAll(answer)).toString()
    const isGood = (answer.statusCode ?? 500) < 400
    const said = Buffer.from(isGood ? await how.answer(original) : original)
    outgoing.writeHead(answer.statusCode ?? 502, withLength(answer.headers, said.length)).end(said)
  }

  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    order: (isMeant, meddling, times = 1) =>
      new Promise((met) => {
        orders.push({ isMeant, meddling: typeof meddling === 'function' ? meddling : () => meddling, times, met })
      }),
    forget: () => void orders.splice(0, orders.length, ...orders.filter(({ times }) => times === Infinity)),
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend: () => void (isCut = false),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** A connection of its own for each, so that none outlives the server it was made to. */
const agent = new Agent({ keepAlive: false })

/** Rejects where the server is not there, or breaks off before it answers. */
function ask(port: number, incoming: IncomingMessage, body: Buffer, announced = body.length): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url, headers } = incoming
    const isBare = method === 'GET' || method === 'HEAD'
    const sent = { ...(isBare ? headers : withLength(headers, announced)), connection: 'close' }
    const outgoing = sendRequest({ host: '127.0.0.1', port, method, path: url, headers: sent, agent }, resolve)
    outgoing.on('error', reject)
    if (announced === body.length) return void outgoing.end(body)
    outgoing.write(body, () => outgoing.destroy(new Error('the way broke')))
  })
}

function joinSockets(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  upstream: Socket,
  keep: (socket: Duplex) => void,
): void {
  keep(socket)
  keep(upstream)
  const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`]
  for (let at = 0; at < incoming.rawHeaders.length; at += 2)
    lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`)
  upstream.write(`${lines.join('\r\n')}\r\n\r\n`)
  upstream.write(head)
  socket.pipe(upstream)
  upstream.pipe(socket)
  socket.on('close', () => upstream.destroy())
  upstream.on('close', () => socket.destroy())
}

function toWayRequest(incoming: IncomingMessage, body: Buffer): WayRequest {
  const { method = 'GET', url = '/' } = incoming
  const isGraphql = url === '/graphql' && method === 'POST'
  return { method, path: url, operation: isGraphql ? toOperation(body) : null, body }
}

function toOperation(body: Buffer): string | null {
  const { operationName } = JSON.parse(body.toString()) as { operationName?: string }
  return operationName ?? null
}

function withLength(headers: IncomingMessage['headers'], length: number): IncomingMessage['headers'] {
  const { 'transfer-encoding': _chunked, ...others } = headers
  return { ...others, 'content-length': String(length) }
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
