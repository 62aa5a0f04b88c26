/**
 * `/graphql` over WebSocket: subscriptions, by the graphql-transport-ws protocol, as whoever the cookie or the access token
 * says; a program that cannot set headers gives its token as `authorization` in the payload of `connection_init`.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { getOperationAST, GraphQLError, parse } from 'graphql'
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Context } from '../../schema/context.ts'
import { schema } from '../../schema/index.ts'
import type { Credentials } from '../auth/sign-ins.ts'
import { requireOwnOrigin, type Viewer } from '../auth/viewer.ts'
import { allowServices } from '../services/allowed-services.ts'
import { ForbiddenError } from '../domain/errors.ts'
import { formatError, logUnexpected } from './format-error.ts'
import type { HttpDeps } from './http-deps.ts'
import { openPacedSocket, type PacedSocketOptions, slowReaderCode } from './paced-socket.ts'

const maxMessageBytes = 64 * 1024
const closePatienceMs = 1_000

interface Extra {
  /** Until the connection is initialised: then they have said who it is. */
  credentials: Credentials
  viewer: Viewer | null
  client: string
}

export interface GraphqlWsOptions extends HttpDeps {
  pacing: PacedSocketOptions
}

export function registerGraphqlWs(app: FastifyInstance, options: GraphqlWsOptions): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, handleProtocols })
  const server = makeServer(toServerOptions(options))
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (request.url?.split('?')[0] !== '/graphql') return refuse(socket, '404 Not Found')
    const extra = admit(options, request)
    if (extra) sockets.handleUpgrade(request, socket, head, (webSocket) => serve(server, webSocket, extra, options))
    else refuse(socket, '403 Forbidden')
  })
  app.addHook('preClose', async () => {
    for (const webSocket of sockets.clients) webSocket.close(1001, 'Going away')
    sockets.close()
    // Who does not read does not answer either: nobody waits for him.
    setTimeout(() => {
      for (const webSocket of sockets.clients) webSocket.terminate()
    }, closePatienceMs).unref()
  })
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Null where a page of another origin asks. */
function admit(deps: HttpDeps, request: IncomingMessage): Extra | null {
  try {
    requireOwnOrigin(request.headers.origin, deps.allowedOrigins())
  } catch (error) {
    if (error instanceof ForbiddenError) return null
    throw error
  }
  const { cookie, authorization } = request.headers
  return { credentials: { cookie, authorization }, viewer: null, client: request.socket.remoteAddress ?? '' }
}

function serve(
  server: ReturnType<typeof makeServer<Record<string, unknown>, Extra>>,
  webSocket: WebSocket,
  extra: Extra,
  options: GraphqlWsOptions,
): void {
  const paced = openPacedSocket(webSocket, options.pacing, () => finish(slowReaderCode, 'Slow reader'))
  const closed = server.opened(
    {
      protocol: webSocket.protocol,
      send: (data) => paced.send(data),
      close: (code, reason) => webSocket.close(code, reason),
      onMessage: (handle) => {
        webSocket.on('message', (data: Buffer) => {
          handle(data.toString('utf8')).catch((error: unknown) => {
            options.log.error({ err: error }, 'a WebSocket message failed')
            webSocket.close(CloseCode.InternalServerError, 'Internal server error')
          })
        })
      },
    },
    extra,
  )
  let isFinished = false
  const finish = (code: number, reason: string): void => {
    if (isFinished) return
    isFinished = true
    paced.stop()
    closed(code, reason)?.catch((error: unknown) => options.log.error({ err: error }, 'a WebSocket was not tidied up'))
  }
  webSocket.once('close', (code, reason) => finish(code, String(reason)))
  webSocket.on('error', () => webSocket.terminate())
}

function toServerOptions(deps: HttpDeps): ServerOptions<Record<string, unknown>, Extra> {
  return {
    schema,
    connectionInitWaitTimeout: 5_000,
    async onConnect({ extra, connectionParams }) {
      const { authorization } = connectionParams ?? {}
      const given = typeof authorization === 'string' ? { authorization } : {}
      extra.viewer = (await deps.signIns.verify({ ...extra.credentials, ...given })).viewer
      extra.credentials = { cookie: undefined }
    },
    onSubscribe: (_context, _id, payload) => refuseOther(payload.query, payload.operationName),
    context: async ({ extra }): Promise<Context> => ({
      // The sign-in or the token may have ended since the socket was opened.
      viewer: extra.viewer && (await deps.signIns.isCurrent(extra.viewer)) ? extra.viewer : null,
      services: allowServices(deps.services, extra.viewer?.scopes ?? null),
      partnerTier: deps.partnerTier,
      throttle: deps.throttle,
      requestId: randomUUID(),
      client: extra.client,
      cookieHeader: undefined,
      setCookie: () => undefined,
    }),
    onNext(_context, _id, _payload, args, result) {
      if (!result.errors) return undefined
      logUnexpected(result.errors, (args.contextValue as Context).requestId, deps.log)
      return { data: result.data ?? null, errors: result.errors.map((error) => formatError(error).toJSON()) }
    },
    onError: (_context, _id, _payload, errors) =>
      errors.map((error) =>
        formatError(error instanceof GraphQLError ? error : new GraphQLError('The request failed.')).toJSON(),
      ),
  }
}

/**
 * Queries and mutations go over HTTP, where cookies can be set and requests are counted. A document that cannot be read
 * gets its error here: later it would cost the whole socket.
 */
function refuseOther(query: string, operationName: string | null | undefined): GraphQLError[] | undefined {
  try {
    const operation = getOperationAST(parse(query), operationName)
    if (!operation || operation.operation === 'subscription') return undefined
    return [new GraphQLError('Send queries and mutations over HTTP.', { extensions: { code: 'FORBIDDEN' } })]
  } catch (error) {
    return error instanceof GraphQLError ? [error] : undefined
  }
}
