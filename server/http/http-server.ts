/** The one HTTP server: headers and logging that hold for every surface, then the surfaces. */
import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { isDiskBlobStore } from '../storage/open-blob-store.ts'
import { registerBlobRoutes } from './blobs.ts'
import { registerCalls } from './calls.ts'
import { registerGraphqlHttp } from './graphql-http.ts'
import { registerGraphqlWs } from './graphql-ws.ts'
import { registerHealth } from './health.ts'
import type { HttpDeps } from './http-deps.ts'
import type { PacedSocketOptions } from './paced-socket.ts'
import { registerPublished } from './published.ts'
import { registerStatic } from './static.ts'
import { registerWebhooks } from './webhooks.ts'

export interface HttpServerOptions extends HttpDeps {
  blobs: BlobStore
  healthChecks: Record<string, () => Promise<void>>
  pacing: PacedSocketOptions
  webRoot: string
  /** Browsers reach the server over TLS. */
  isSecure: boolean
  /** Origin of a store of recordings that browsers talk to directly; null where it is this server. */
  blobOrigin: string | null
}

/** Ready to listen. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = options.log
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    trustProxy: options.trust,
    // Addresses may be signed: requests are logged below, by their route.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    // A recording may take its time over a slow line; what is short has limits of its own.
    requestTimeout: 900_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
  })
  await registerHeaders(app, options)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    request.log.debug(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof DomainError)
      return reply.code(403).send({ error: { code: error.code, message: error.message } })
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send({ error: { code: 'INVALID_INPUT', message: error.message } })
    options.log.error({ requestId: request.id, err: error, route: request.routeOptions.url }, 'a request failed')
    return reply.code(500).send({ error: { code: 'INTERNAL', message: 'Something went wrong here. Try again.' } })
  })
  await registerGraphqlHttp(app, options)
  registerGraphqlWs(app, options)
  await registerCalls(app, options)
  await registerWebhooks(app, options)
  registerHealth(app, options.healthChecks)
  if (isDiskBlobStore(options.blobs)) await registerBlobRoutes(app, options.blobs, options.throttles.file)
  registerPublished(app, options)
  await registerStatic(app, options.webRoot)
  return app
}

async function registerHeaders(app: FastifyInstance, options: HttpServerOptions): Promise<void> {
  const elsewhere = options.blobOrigin === null ? [] : [options.blobOrigin]
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", ...elsewhere],
        mediaSrc: ["'self'", 'blob:', ...elsewhere],
      },
    },
    strictTransportSecurity: options.isSecure ? { maxAge: 15_552_000 } : false,
    // Would keep a page of plain http on one's own machine from its own parts.
    originAgentCluster: false,
    crossOriginOpenerPolicy: options.isSecure ? { policy: 'same-origin' } : false,
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('permissions-policy', 'microphone=(self), camera=(), geolocation=()')
  })
}
