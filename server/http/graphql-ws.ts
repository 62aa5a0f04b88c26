/**
 * `/graphql` over WebSocket: subscriptions, by the graphql-transport-ws protocol, as whoever the cookie or the access token
 * says; a program that cannot set headers gives its token as `authorization` in the payload of `connection_init`.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { CloseCode, handleProtocols, makeServer, type ServerOptions, type SubscribePayload } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Context } from '../../schema/context.ts'
import { findCostFault } from '../../schema/document-cost.ts'
import { schema } from '../../schema/index.ts'
import type { Credentials } from '../auth/sign-ins.ts'
import { requireOwnOrigin, type Viewer } from '../auth/viewer.ts'
import { allowServices } from '../services/allowed-services.ts'
import type { DocumentLimits } from '../config-limits.ts'
import { ForbiddenError, RateLimitedError } from '../domain/errors.ts'
import { toClientAddress } from './client-address.ts'
import { documentRules } from './document-rules.ts'
import { formatError, logUnexpected } from './format-error.ts'
import type { HttpDeps } from './http-deps.ts'
import { createPlaces } from './places.ts'
import { openPacedSocket, type PacedSocketOptions, slowReaderCode } from './paced-socket.ts'

const maxMessageBytes = 64 * 1024
const closePatienceMs = 1_000

/** Closes a connection that is one too many for its account. In the range for applications, RFC 6455, section 7.4.2. */
export const tooManySocketsCode = 4514

interface Extra {
  /** Until the connection is initialised: then they have said who it is. */
  credentials: Credentials
  viewer: Viewer | null
  client: string
  close(code: number, reason: string): void
  /** Frees the place that this connection takes up. */
  leave(): void
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
    if (!isOwnOrigin(options, request)) return refuse(socket, '403 Forbidden')
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      serve(server, webSocket, toExtra(options, request, webSocket), options),
    )
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

function isOwnOrigin(deps: HttpDeps, request: IncomingMessage): boolean {
  try {
    requireOwnOrigin(request.headers.origin, deps.allowedOrigins())
    return true
  } catch (error) {
    if (error instanceof ForbiddenError) return false
    throw error
  }
}

function toExtra(deps: HttpDeps, request: IncomingMessage, webSocket: WebSocket): Extra {
  const { cookie, authorization } = request.headers
  return {
    credentials: { cookie, authorization },
    viewer: null,
    client: toClientAddress(request, deps.trust),
    close: (code, reason) => webSocket.close(code, reason),
    leave: () => undefined,
  }
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
    extra.leave()
    paced.stop()
    closed(code, reason)?.catch((error: unknown) => options.log.error({ err: error }, 'a WebSocket was not tidied up'))
  }
  webSocket.once('close', (code, reason) => finish(code, String(reason)))
  webSocket.on('error', () => webSocket.terminate())
}

function toServerOptions(deps: HttpDeps): ServerOptions<Record<string, unknown>, Extra> {
  const places = createPlaces(deps.limits.maxSockets)
  const toArgs = createArgsReader(deps.limits.documents)
  return {
    connectionInitWaitTimeout: 5_000,
    async onConnect({ extra, connectionParams }) {
      const { authorization } = connectionParams ?? {}
      const given = typeof authorization === 'string' ? { cookie: undefined, authorization } : {}
      extra.viewer = (await deps.signIns.verify({ ...extra.credentials, ...given })).viewer
      extra.credentials = { cookie: undefined }
      const leave = places.take(extra.viewer?.id ?? extra.client)
      if (leave) extra.leave = leave
      else extra.close(tooManySocketsCode, 'Too many connections of one account')
      return leave !== null
    },
    async onSubscribe({ extra, subscriptions }, _id, payload) {
      const refusal = await refuseMore(deps, extra, Object.keys(subscriptions).length)
      return refusal ?? toArgs(payload)
    },
    context: ({ extra }) => toContext(deps, extra),
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

async function toContext(deps: HttpDeps, { viewer, client }: Extra): Promise<Context> {
  return {
    // The sign-in or the token may have ended since the socket was opened.
    viewer: viewer && (await deps.signIns.isCurrent(viewer)) ? viewer : null,
    services: allowServices(deps.services, viewer?.scopes ?? null),
    partnerTier: deps.partnerTier,
    throttle: deps.throttles.mutation,
    requestId: randomUUID(),
    client,
    cookieHeader: undefined,
    setCookie: () => undefined,
  }
}

/** `open`: subscriptions of this connection, the one in question included. */
async function refuseMore(deps: HttpDeps, extra: Extra, open: number): Promise<GraphQLError[] | null> {
  const { maxSubscriptions } = deps.limits
  if (open > maxSubscriptions) {
    const message = `One connection may follow ${maxSubscriptions} things at once. End one first.`
    return [new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' } })]
  }
  try {
    await deps.throttles.request.spend(extra.viewer?.id ?? extra.client)
    return null
  } catch (error) {
    if (!(error instanceof RateLimitedError)) throw error
    return [new GraphQLError(error.message, { extensions: { code: error.code } })]
  }
}

/** Reads what is asked to be followed, or says what is wrong with it: thrown, an error would cost the whole connection. */
function createArgsReader(limits: DocumentLimits) {
  const rules = [...specifiedRules, ...documentRules(limits)]
  const findFaults = (
    document: DocumentNode,
    { operationName, variables }: SubscribePayload,
  ): readonly GraphQLError[] => {
    const faults = validate(schema, document, rules)
    if (faults.length > 0) return faults
    const fault = findCostFault({ schema, document, operationName, variables }, limits)
    return fault ? [fault] : []
  }
  return (payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] => {
    try {
      const document = parse(payload.query, { maxTokens: limits.maxTokens })
      const operation = getOperationAST(document, payload.operationName)
      // Queries and mutations go over HTTP, where cookies can be set.
      if (operation && operation.operation !== 'subscription')
        return [new GraphQLError('Send queries and mutations over HTTP.', { extensions: { code: 'FORBIDDEN' } })]
      const faults = findFaults(document, payload)
      if (faults.length > 0) return faults
      if (!operation) return [new GraphQLError('Say which of the operations is meant.')]
      const { operationName, variables } = payload
      return { schema, document, operationName: operationName ?? null, variableValues: variables ?? null }
    } catch (error) {
      if (error instanceof GraphQLError) return [error]
      throw error
    }
  }
}
