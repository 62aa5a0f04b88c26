/** `POST /webhooks/stripe`: takes what the payment service tells, as raw bytes, for they are what is signed. */
import type { FastifyInstance } from 'fastify'
import { NotFoundError, ProviderError } from '../domain/errors.ts'
import { ForgedEventError } from '../entitlements/payments.ts'
import { countByAddress } from './count-by-address.ts'
import type { HttpDeps } from './http-deps.ts'

const maxEventBytes = 1024 * 1024

export async function registerWebhooks(app: FastifyInstance, { services, throttles }: HttpDeps): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', countByAddress(throttles.request))
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxEventBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.post('/webhooks/stripe', async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const signature = String(request.headers['stripe-signature'] ?? '')
      try {
        return await reply.send({ outcome: await services.applyStripeEvent({ body, signature }) })
      } catch (error) {
        const status = statusOf(error)
        // Anything but a success is delivered again later.
        if (status === null) throw error
        return reply.code(status).send({ outcome: 'REFUSED' })
      }
    })
  })
}

function statusOf(error: unknown): number | null {
  if (error instanceof ForgedEventError) return 400
  if (error instanceof NotFoundError) return 404
  return error instanceof ProviderError ? 503 : null
}
