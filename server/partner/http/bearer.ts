/** Who asks: the bearer key of a request, and whether it is the one that is wanted. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'

/** The bearer key. Throws ApiError 401 when there is none. */
export function readBearer(request: IncomingMessage): string {
  const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!key)
    throw new ApiError(
      401,
      'missing_api_key',
      'You did not provide an API key. Send it as a bearer token in the Authorization header.',
    )
  return key
}

/** Throws ApiError 401 when the request does not carry the API key. */
export function requireApiKey(request: IncomingMessage, apiKey: string) {
  if (!isSameKey(readBearer(request), apiKey)) throw new ApiError(401, 'invalid_api_key', 'Incorrect API key provided.')
}

/** Takes the same time whether the keys are alike or not. */
export function isSameKey(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(left), hash(right))
}
