/** `/health/live`: the process answers. `/health/ready`: what it needs answers too. */
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** What has not answered by then is not available: whoever asks has little patience too. */
const patienceMs = 3_000

export function registerHealth(app: FastifyInstance, checks: Record<string, () => Promise<void>>): void {
  const parts = Object.entries(checks).map(([name, check]) => ({ name, isWell: inTime(check) }))
  app.get('/health/live', async () => ({ status: 'ok' }))
  app.get('/health/ready', async (_request, reply) => {
    const found = await Promise.all(parts.map(async ({ name, isWell }) => ({ name, isWell: await isWell() })))
    const isReady = found.every(({ isWell }) => isWell)
    return reply.code(isReady ? 200 : 503).send({
      status: toWord(isReady),
      parts: Object.fromEntries(found.map((part) => [part.name, toWord(part.isWell)])),
    })
  })
}

function toWord(isWell: boolean): string {
  return isWell ? 'ok' : 'unavailable'
}

/** One that hangs runs once, however many ask: each more would hold another connection, or another of the few threads for files. */
function inTime(check: () => Promise<void>): () => Promise<boolean> {
  let running: Promise<boolean> | null = null
  return () => {
    running ??= check()
      .then(
        () => true,
        () => false,
      )
      .finally(() => (running = null))
    return Promise.race([running, delay(patienceMs, false, { ref: false })])
  }
}
