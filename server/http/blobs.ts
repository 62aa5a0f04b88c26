/** Serves the recordings of the embedded store by their signed addresses: PUT with exact type and length, GET with ranges. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { GetGrant, PutGrant } from '../storage/blob-address.ts'
import { BlobContentError } from '../storage/blob-folder.ts'
import { type BlobHead, BlobKeyError, BlobStoreUnavailableError } from '../storage/blob-store.ts'
import { toAttachment } from '../storage/content-disposition.ts'
import type { DiskBlobStore } from '../storage/disk-blob-store.ts'

/** Bodies go straight to the disk: the parsers of the rest of the server do not apply here. */
export async function registerBlobRoutes(app: FastifyInstance, store: DiskBlobStore): Promise<void> {
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
    return await sendObject(store, grant, head, request, reply)
  } catch (error) {
    return refuseForStore(reply, request, error)
  }
}

function sendObject(
  store: DiskBlobStore,
  grant: GetGrant,
  head: BlobHead,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const tag = `"${head.sha256Hex}"`
  const secondsLeft = Math.max(0, Math.floor((grant.expiresAtMs - Date.now()) / 1_000))
  reply.headers({
    'accept-ranges': 'bytes',
    etag: tag,
    'cache-control': `private, max-age=${secondsLeft}`,
    'content-type': head.mimeType,
    'content-disposition': grant.downloadName === '' ? 'inline' : toAttachment(grant.downloadName),
  })
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  const ifRange = request.headers['if-range']
  const range = ifRange === undefined || ifRange === tag ? parseRange(request.headers.range, head.sizeBytes) : null
  if (range === 'UNSATISFIABLE') {
    return reply.code(416).header('content-range', `bytes */${head.sizeBytes}`).send()
  }
  const { start, end } = range ?? { start: 0, end: head.sizeBytes - 1 }
  if (range !== null) reply.code(206).header('content-range', `bytes ${start}-${end}/${head.sizeBytes}`)
  reply.header('content-length', end - start + 1)
  if (request.method === 'HEAD' || head.sizeBytes === 0) return reply.send()
  const content: Readable = store.readRange(grant.key, start, end)
  return reply.send(content)
}

/** One range, as RFC 9110 section 14.1.2 has it; null for none or for several, which may be answered with the whole. */
export function parseRange(
  header: string | undefined,
  sizeBytes: number,
): { start: number; end: number } | 'UNSATISFIABLE' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (match === null) return null
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes)
    return length === 0 ? 'UNSATISFIABLE' : { start: sizeBytes - length, end: sizeBytes - 1 }
  }
  const [start, end] = [Number(first), last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)]
  if (last !== '' && Number(last) < start) return null
  return start >= sizeBytes ? 'UNSATISFIABLE' : { start, end }
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
