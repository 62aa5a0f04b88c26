/** The sound of published sessions: asked anew at every request, so that what is taken back is gone at once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countByAddress } from './count-by-address.ts'
import type { HttpDeps } from './http-deps.ts'
import { sendObject } from './send-object.ts'

type Named = FastifyRequest<{ Params: { slug: string; part: string } }>

const url = '/published/:slug/recordings/:part'

export function registerPublished(app: FastifyInstance, deps: Pick<HttpDeps, 'services' | 'throttles'>): void {
  const { services, throttles } = deps
  const serve = async (request: Named, reply: FastifyReply): Promise<FastifyReply> => {
    const { slug, part } = request.params
    reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' })
    const sound = await services.findPublishedSound(slug, Number(part))
    if (!sound) return reply.code(404).type('text/plain; charset=utf-8').send('There is nothing at this address')
    return sendObject(request, reply, { ...sound, cacheControl: 'no-store', disposition: 'inline' })
  }
  const onRequest = countByAddress(throttles.file)
  app.route({ method: 'GET', url, exposeHeadRoute: false, onRequest, handler: serve })
  app.route({ method: 'HEAD', url, onRequest, handler: serve })
}
