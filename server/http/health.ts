/** `/health/live`: the process answers. `/health/ready`: what it needs answers too. */
import type { FastifyInstance } from 'fastify'

export function registerHealth(app: FastifyInstance, checks: Record<string, () => Promise<void>>): void {
  app.get('/health/live', async () => ({ status: 'ok' }))
  app.get('/health/ready', async (_request, reply) => {
    const names = Object.keys(checks)
    const results = await Promise.allSettled(names.map(async (name) => checks[name]?.()))
    const parts = Object.fromEntries(
      names.map((name, index) => [name, results[index]?.status === 'fulfilled' ? 'ok' : 'unavailable']),
    )
    const isReady = results.every((result) => result.status === 'fulfilled')
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', parts })
  })
}
