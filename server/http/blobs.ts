/** Serves the recordings of the embedded store by their signed addresses: PUT with exact type and length, GET with ranges. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Throttle } from '../auth/throttle.ts'
import type { PutGrant } from '../storage/blob-address.ts'
import { BlobContentError } from '../storage/blob-folder.ts'
import { BlobKeyError, BlobStoreUnavailableError } from '../storage/blob-store.ts'
import { toAttachment } from '../storage/content-disposition.ts'
import type { DiskBlobStore } from '../storage/disk-blob-store.ts'
import { countByAddress } from './count-by-address.ts'
import { sendObject } from './send-object.ts'

/** Bodies go straight to the disk: the parsers of the rest of the server do not apply here. */
export async function registerBlobRoutes(
  app: FastifyInstance,
  store: DiskBlobStore,
  throttle: Throttle,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      })
    })
    scope.addHook('onRequest', countByAddress(throttle))
    scope.put('/blobs/*', (request, reply) => takeUpload(store, request, reply))
    scope.route({
      method: 'GET',
      url: '/blobs/*',
      exposeHeadRoute: false,
      handler: (request, reply) => serve(store, request, reply),
    })
    scope.route({ method: 'HEAD', url: '/blobs/*', handler: (request, reply) => serve(store, request, reply) })
  })
}

function findGrant(store: DiskBlobStore, request: FastifyRequest, action: 'put' | 'get', reply: FastifyReply) {
  const { pathname, searchParams } = new URL(request.url, 'http://blobs.invalid')
  // The path as it came, not decoded: a good key needs no escapes, so whatever has some is not signed.
  const grant = store.parseAddress(pathname.slice('/blobs/'.length), searchParams)
  if (grant === 'EXPIRED') void refuse(reply, 403, 'This address has expired: ask for a new one')
  else if (grant === 'NOT_SIGNED' || grant.action !== action) void refuse(reply, 403, 'This address is not valid')
  else return grant
  return null
}

async function takeUpload(store: DiskBlobStore, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const grant = findGrant(store, request, 'put', reply)
  if (grant?.action !== 'put') return reply
  const fault = findHeaderFault(grant, request)
  if (fault !== null) return refuse(reply, fault.status, fault.message)
  try {
    await store.write(grant, request.raw)
    return reply.code(200).send()
  } catch (error) {
    if (error instanceof BlobContentError) return refuse(reply, 422, error.message)
    if (request.raw.destroyed && !request.raw.complete) return refuse(reply, 400, 'The upload broke off')
    return refuseForStore(reply, request, error)
  }
}

function findHeaderFault(grant: PutGrant, request: FastifyRequest): { status: number; message: string } | null {
  const length = request.headers['content-length']
  if (length === undefined) return { status: 411, message: 'The upload must say how long it is' }
  if (Number(length) > grant.sizeBytes) return { status: 413, message: 'The upload is longer than announced' }
  if (Number(length) !== grant.sizeBytes) return { status: 422, message: 'The upload is shorter than announced' }
  if (request.headers['content-type'] === grant.mimeType) return null
  return { status: 415, message: 'The upload is of another type than announced' }
}

async function serve(store: DiskBlobStore, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const grant = findGrant(store, request, 'get', reply)
  if (grant?.action !== 'get') return reply
  try {
    const head = await store.head(grant.key)
    if (head === null) return await refuse(reply, 404, 'There is nothing at this address')
    return await sendObject(request, reply, {
      ...head,
      // What is deleted is not to be heard any more, not even from a browser's own disk.
      cacheControl: 'private, no-store',
      disposition: grant.downloadName === '' ? 'inline' : toAttachment(grant.downloadName),
      read: (range) => store.read(grant.key, range),
    })
  } catch (error) {
    return refuseForStore(reply, request, error)
  }
}

function refuseForStore(reply: FastifyReply, request: FastifyRequest, error: unknown): FastifyReply {
  if (error instanceof BlobKeyError) return refuse(reply, 403, 'This address is not valid')
  if (!(error instanceof BlobStoreUnavailableError)) throw error
  request.log.error({ err: error }, 'store of recordings')
  const isFull = error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOSPC'
  return isFull
    ? refuse(reply, 507, 'The disk is full')
    : refuse(reply, 503, 'The store of recordings is not available')
}

/** Closes the connection: what is left of a refused upload is not worth reading. */
function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).header('connection', 'close').type('text/plain; charset=utf-8').send(message)
}
