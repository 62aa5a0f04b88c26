/** `POST /graphql`: queries and mutations, as whoever the cookie says. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import type { Context } from '../../schema/context.ts'
import { schema } from '../../schema/index.ts'
import { requireOwnOrigin } from '../auth/viewer.ts'
import { allowServices } from '../services/allowed-services.ts'
import { formatError, logUnexpected } from './format-error.ts'
import type { HttpDeps } from './http-deps.ts'

const maxBodyBytes = 1024 * 1024

export async function registerGraphqlHttp(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  const apollo = new ApolloServer<Context>({
    schema,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), logOfErrors(deps.log)],
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
    preHandler: async (request) => requireOwnOrigin(request.headers.origin, deps.allowedOrigins()),
    handler: fastifyApolloHandler(apollo, { context: (request, reply) => toContext(deps, request, reply) }),
  })
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
  return {
    viewer,
    services: allowServices(deps.services, viewer?.scopes ?? null),
    partnerTier: deps.partnerTier,
    throttle: deps.throttle,
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
