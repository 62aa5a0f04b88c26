/** `POST /calls/:id`: takes a browser's one SDP offer, relays it to the provider, and gives the answer. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { readBearer } from '../auth/access-tokens.ts'
import { requireOwnOrigin } from '../auth/viewer.ts'
import { DomainError, ProviderError, UnauthenticatedError } from '../domain/errors.ts'
import { countByAddress } from './count-by-address.ts'
import type { HttpDeps } from './http-deps.ts'

const maxOfferBytes = 64 * 1024

export async function registerCalls(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', countByAddress(deps.throttles.request))
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/sdp',
      { parseAs: 'string', bodyLimit: maxOfferBytes },
      (_request, body, done) => done(null, body),
    )
    scope.post<{ Params: { id: string } }>('/calls/:id', async (request, reply) => {
      try {
        requireOwnOrigin(request.headers.origin, deps.allowedOrigins())
        const value = readBearer(request.headers.authorization)
        if (value === null) throw new UnauthenticatedError('Send the client secret as a bearer.')
        const offerSdp = typeof request.body === 'string' ? request.body : ''
        if (!offerSdp.startsWith('v=0'))
          return answerFault(reply, 400, { code: 'INVALID_INPUT', message: 'Send an SDP offer.', retryable: false })
        const { answerSdp } = await deps.services.relayCall({ clientSecretId: request.params.id, value, offerSdp })
        return await reply.code(201).header('location', request.url).type('application/sdp').send(answerSdp)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        const retryable = error instanceof ProviderError && error.retryable
        const wait = toWait(error)
        if (wait !== null) reply.header('retry-after', String(wait))
        return answerFault(reply, statusOf(error), { code: error.code, message: error.message, retryable })
      }
    })
  })
}

function statusOf(error: DomainError): number {
  if (error instanceof UnauthenticatedError) return 401
  if (toWait(error) !== null) return 429
  return error instanceof ProviderError ? 502 : 403
}

/** Seconds. */
function toWait(error: DomainError): number | null {
  return error instanceof ProviderError ? error.retryAfterSeconds : null
}

function answerFault(
  reply: FastifyReply,
  status: number,
  error: { code: string; message: string; retryable: boolean },
): FastifyReply {
  return reply.code(status).type('application/json').send({ error })
}
