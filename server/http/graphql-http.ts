/** `POST /graphql`: queries and mutations, as whoever the cookie says. */
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import type { Context } from '../../schema/context.ts'
import { findCostFault } from '../../schema/document-cost.ts'
import { schema } from '../../schema/index.ts'
import { requireOwnOrigin } from '../auth/viewer.ts'
import { RateLimitedError } from '../domain/errors.ts'
import { allowServices } from '../services/allowed-services.ts'
import type { DocumentLimits } from '../config-limits.ts'
import { documentRules } from './document-rules.ts'
import { createDocumentStore } from './document-store.ts'
import { formatError, logUnexpected } from './format-error.ts'
import type { HttpDeps } from './http-deps.ts'
import { limitBodyTime } from './limit-body-time.ts'

/** A content pack has a MiB at most; a client may send each of its characters by its code, at up to four times the length. */
const maxBodyBytes = 4 * 1024 * 1024
const bodyWithinMs = 15_000

export async function registerGraphqlHttp(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  const { documents } = deps.limits
  const apollo = new ApolloServer<Context>({
    schema,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: createDocumentStore(),
    introspection: documents.allowsIntrospection,
    hideSchemaDetailsFromClientErrors: !documents.allowsIntrospection,
    parseOptions: { maxTokens: documents.maxTokens },
    validationRules: documentRules(documents),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      refusalOfSubscriptions(),
      limitOfCost(documents),
      logOfErrors(deps.log),
    ],
    formatError(_formatted, error) {
      const cause = error instanceof Error ? error : new Error(String(error))
      const whole = cause instanceof GraphQLError ? cause : new GraphQLError(cause.message, { originalError: cause })
      return formatError(whole).toJSON()
    },
  })
  await apollo.start()
  app.addHook('onClose', () => apollo.stop())
  app.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: '/graphql',
    bodyLimit: maxBodyBytes,
    preParsing: limitBodyTime(bodyWithinMs),
    preHandler: async (request) => requireOwnOrigin(request.headers.origin, deps.allowedOrigins()),
    handler: fastifyApolloHandler(apollo, { context: (request, reply) => toContext(deps, request, reply) }),
  })
}

/** They are followed over a WebSocket; one that was begun here would fail half-way. */
function refusalOfSubscriptions(): ApolloServerPlugin<Context> {
  const extensions = { code: 'FORBIDDEN', http: { status: 400 } }
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ operation }) {
        if (operation?.operation === 'subscription')
          throw new GraphQLError('Follow subscriptions over a WebSocket.', { extensions })
      },
    }),
  }
}

function limitOfCost(limits: DocumentLimits): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ document, request: { operationName, variables } }) {
        const error = findCostFault({ schema, document, operationName, variables }, limits)
        if (error) throw new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 400 } } })
      },
    }),
  }
}

function logOfErrors(log: Logger): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) => logUnexpected(errors, contextValue.requestId, log),
    }),
  }
}

async function toContext(deps: HttpDeps, request: FastifyRequest, reply: FastifyReply): Promise<Context> {
  const { cookie, authorization } = request.headers
  const { viewer, setCookie } = await deps.signIns.verify({ cookie, authorization }).catch((error: unknown) => {
    // Here the errors of requests are not yet counted as such.
    deps.log.error({ requestId: request.id, err: error }, 'a request failed')
    throw error
  })
  if (setCookie) reply.header('set-cookie', setCookie)
  await countRequest(deps, viewer?.id ?? request.ip)
  return {
    viewer,
    services: allowServices(deps.services, viewer?.scopes ?? null),
    partnerTier: deps.partnerTier,
    throttle: deps.throttles.mutation,
    requestId: request.id,
    client: request.ip,
    cookieHeader: cookie,
    setCookie: (cookie) => {
      // The last word counts: a sign-in replaces the clearing of an old cookie.
      reply.removeHeader('set-cookie')
      reply.header('set-cookie', cookie)
    },
  }
}

/** Throws a GraphQLError that is answered with 429, RFC 6585, section 4. */
async function countRequest(deps: HttpDeps, key: string): Promise<void> {
  try {
    await deps.throttles.request.spend(key)
  } catch (error) {
    if (!(error instanceof RateLimitedError)) throw error
    const headers = new HeaderMap([['retry-after', String(error.retryAfterSeconds)]])
    throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status: 429, headers } } })
  }
}
