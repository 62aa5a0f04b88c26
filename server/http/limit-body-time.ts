/** Ends requests whose body trickles in: nobody types a query byte by byte. */
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify'

/** A hook for `preParsing`: a body that is not there within `withinMs` is answered with 408, and the connection closed. */
export function limitBodyTime(withinMs: number) {
  return async (_request: FastifyRequest, reply: FastifyReply, payload: RequestPayload): Promise<RequestPayload> => {
    const timer = setTimeout(() => {
      reply.header('connection', 'close')
      payload.emit('error', Object.assign(new Error('The request took too long to arrive'), { statusCode: 408 }))
    }, withinMs)
    const stop = (): void => clearTimeout(timer)
    payload.once('end', stop).once('error', stop).once('close', stop)
    return payload
  }
}
