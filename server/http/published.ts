/** The sound of published sessions: asked anew at every request, so that what is taken back is gone at once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HttpDeps } from './http-deps.ts'
import { sendObject } from './send-object.ts'

type Named = FastifyRequest<{ Params: { slug: string; part: string } }>

const url = '/published/:slug/recordings/:part'

export function registerPublished(app: FastifyInstance, { services }: Pick<HttpDeps, 'services'>): void {
  const serve = async (request: Named, reply: FastifyReply): Promise<FastifyReply> => {
    const { slug, part } = request.params
    reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' })
    const sound = await services.findPublishedSound(slug, Number(part))
    if (!sound) return reply.code(404).type('text/plain; charset=utf-8').send('There is nothing at this address')
    return sendObject(request, reply, { ...sound, cacheControl: 'no-store', disposition: 'inline' })
  }
  app.route({ method: 'GET', url, exposeHeadRoute: false, handler: serve })
  app.route({ method: 'HEAD', url, handler: serve })
}
