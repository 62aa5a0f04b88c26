/** Answers GET and HEAD of one stored object, ranges and validators included: what a player asks for. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { BlobHead, ByteRange } from '../storage/blob-store.ts'

export interface ServedObject extends BlobHead {
  cacheControl: string
  disposition: string
  /** Null when it is gone meanwhile. */
  read(range: ByteRange): Promise<Readable | null>
}

export async function sendObject(
  request: FastifyRequest,
  reply: FastifyReply,
  object: ServedObject,
): Promise<FastifyReply> {
  const { sizeBytes } = object
  const tag = `"${object.sha256Hex}"`
  reply.headers({
    'accept-ranges': 'bytes',
    etag: tag,
    'cache-control': object.cacheControl,
    'content-type': object.mimeType,
    'content-disposition': object.disposition,
  })
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  const ifRange = request.headers['if-range']
  const range = ifRange === undefined || ifRange === tag ? parseRange(request.headers.range, sizeBytes) : null
  if (range === 'UNSATISFIABLE') return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send()
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 }
  if (range !== null) reply.code(206).header('content-range', `bytes ${start}-${end}/${sizeBytes}`)
  reply.header('content-length', end - start + 1)
  if (request.method === 'HEAD' || sizeBytes === 0) return reply.send()
  const content = await object.read({ start, end })
  if (content) return reply.send(content)
  reply.removeHeader('content-length')
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send('There is nothing at this address')
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
