/** The web app: files as they were built, and the page itself for every address that is a page's. */
import fs from 'node:fs'
import path from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const yearSeconds = 31_536_000
const apiPage = 'api/index.html'

/** Without a built app in `webRoot` (a server whose pages come from elsewhere) nothing is served. */
export async function registerStatic(app: FastifyInstance, webRoot: string): Promise<void> {
  if (!fs.existsSync(path.join(webRoot, 'index.html'))) return
  await app.register(staticFiles, {
    root: webRoot,
    cacheControl: false,
    setHeaders: (reply, file) => {
      // Built files carry a hash of their content in their names.
      const isHashed = path.relative(webRoot, file).split(path.sep).includes('assets')
      reply.header('cache-control', isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache')
    },
  })
  // The documentation of the API is a page of its own; every other address is the app's.
  const hasApiPage = fs.existsSync(path.join(webRoot, apiPage))
  const toPage = (url: string): string => (hasApiPage && url.split('?')[0] === '/api' ? apiPage : 'index.html')
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (!isPage)
      return reply.code(404).send({ error: { code: 'NOT_FOUND', message: 'There is nothing at this address.' } })
    // Whoever has the link may read it, and no search engine.
    if (request.url.startsWith('/p/')) reply.header('x-robots-tag', 'noindex, nofollow')
    return reply.header('cache-control', 'no-cache').sendFile(toPage(request.url))
  })
}
