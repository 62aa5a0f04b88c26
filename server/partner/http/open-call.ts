/** POST /v1/realtime/calls: an offer for an answer. One request, one answer with all candidates. */
import type { IncomingMessage } from 'node:http'
import { TooManyCallsError, type Calls } from '../calls.ts'
import { MediaUnavailableError, OfferRefusedError } from '../media/media-process.ts'
import type { ClientSecrets } from '../session/client-secrets.ts'
import { ApiError } from './api-error.ts'
import { contentType, readBearer, readText } from './request-body.ts'

const MOST_BYTES = 128 * 1024

/** Throws ApiError 400, 401, 413, 415, 429, 503. */
export async function openCall(request: IncomingMessage, secrets: ClientSecrets, calls: Calls) {
  const config = secrets.find(readBearer(request))
  if (!config) throw new ApiError(401, 'invalid_client_secret', 'The client secret is unknown or has expired.')
  if (contentType(request) !== 'application/sdp')
    throw new ApiError(415, 'unsupported_content_type', 'Send the offer as application/sdp.')
  const offer = await readText(request, MOST_BYTES)
  if (!offer.startsWith('v=0')) throw new ApiError(400, 'invalid_offer', 'The body is not a session description.')
  if (!offer.includes('m=application')) throw new ApiError(400, 'invalid_offer', 'The offer has no data channel.')
  try {
    return await calls.open(config, offer)
  } catch (error) {
    if (error instanceof OfferRefusedError) throw new ApiError(400, 'invalid_offer', 'The offer could not be answered.')
    if (error instanceof TooManyCallsError)
      throw new ApiError(429, 'too_many_calls', 'All lines are busy. Try again in a moment.')
    if (error instanceof MediaUnavailableError)
      throw new ApiError(503, 'media_unavailable', 'Calls cannot be taken at the moment. Try again.')
    throw error
  }
}
