/**
 * `/graphql` over WebSocket: subscriptions, by the graphql-transport-ws protocol, as whoever the cookie or the access token
 * says; a program that cannot set headers gives its token as `authorization` in the payload of `connection_init`.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
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
import { listCauses, isLostConnection } from '../domain/error-causes.ts'
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

/** "Try again later", RFC 6455's registry of close codes: clients connect anew, and follow again where they were. */
export const tryAgainCode = 1013
/** A client tries again at once: this is the least time between its tries while nothing works. */
const tryAgainAfterMs = 1_000

interface Extra {
  /** Until the connection is initialised: then they have said who it is. */
  credentials: Credentials
  viewer: Viewer | null
  client: string
  close(code: number, reason: string): void
  /** Closes the connection, in a while, so that the client tries again. Resolves when nothing is sent on it any more. */
  tryAgainLater(): Promise<void>
  /** The connection is closed, at whatever point it was. */
  isOver: boolean
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
    async tryAgainLater() {
      await delay(tryAgainAfterMs, undefined, { ref: false })
      webSocket.close(tryAgainCode, 'Try again later')
    },
    isOver: false,
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
            if (isPassing(error)) return extra.tryAgainLater()
            return webSocket.close(CloseCode.InternalServerError, 'Internal server error')
          })
        })
      },
    },
    extra,
  )
  const finish = (code: number, reason: string): void => {
    if (extra.isOver) return
    extra.isOver = true
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
      // Who sends this key speaks for a token alone, be it an empty one: a browser adds its cookie by itself.
      const given = typeof authorization === 'string' ? { cookie: undefined, authorization } : {}
      extra.viewer = (await deps.signIns.verify({ ...extra.credentials, ...given })).viewer
      extra.credentials = { cookie: undefined }
      // Whoever has gone meanwhile has nobody to free a place for them.
      if (extra.isOver) return false
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
    async onError({ extra }, _id, _payload, errors) {
      const known = errors.map((error) =>
        error instanceof GraphQLError ? error : new GraphQLError('The request failed.'),
      )
      logUnexpected(known, randomUUID(), deps.log)
      // An error would end what is followed for good: who loses the connection instead comes back by himself.
      if (known.some((error) => isPassing(error.originalError))) await extra.tryAgainLater()
      return known.map((error) => formatError(error).toJSON())
    },
  }
}

/** The database was away for a moment. */
function isPassing(error: unknown): boolean {
  return listCauses(error).some(isLostConnection)
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
  const hideSuggestions = !limits.allowsIntrospection
  const findFaults = (
    document: DocumentNode,
    { operationName, variables }: SubscribePayload,
  ): readonly GraphQLError[] => {
    const faults = validate(schema, document, rules, { hideSuggestions })
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
      const variableValues = variables ?? null
      return { schema, document, operationName: operationName ?? null, variableValues, hideSuggestions }
    } catch (error) {
      if (error instanceof GraphQLError) return [error]
      throw error
    }
  }
}
