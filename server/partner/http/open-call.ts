/** POST /v1/realtime/calls: an offer for an answer. One request, one answer with all candidates. */
import type { IncomingMessage } from 'node:http'
import { TooManyCallsError, type Calls } from '../calls.ts'
import { MediaUnavailableError, OfferRefusedError } from '../media/media-process.ts'
import type { ClientSecrets } from '../session/client-secrets.ts'
import { ApiError } from './api-error.ts'
import { readBearer } from './bearer.ts'
import { misbehave } from './misbehave.ts'
import { contentType, readText } from './request-body.ts'

const MOST_BYTES = 128 * 1024

/** Throws ApiError 400, 401, 413, 415, 429, 503. */
export async function openCall(request: IncomingMessage, secrets: ClientSecrets, calls: Calls) {
  const secret = secrets.find(readBearer(request))
  if (!secret) throw new ApiError(401, 'invalid_client_secret', 'The client secret is unknown or has expired.')
  if (contentType(request) !== 'application/sdp')
    throw new ApiError(415, 'unsupported_content_type', 'Send the offer as application/sdp.')
  const offer = await readText(request, MOST_BYTES)
  if (!offer.startsWith('v=0')) throw new ApiError(400, 'invalid_offer', 'The body is not a session description.')
  if (!offer.includes('m=application')) throw new ApiError(400, 'invalid_offer', 'The offer has no data channel.')
  secret.offers += 1
  if (await misbehave(secret.scenario?.calls, secret.offers)) return { callId: 'rtc_none', answer: 'It works!' }
  try {
    return await calls.open(secret, offer)
  } catch (error) {
    throw toApiError(error)
  }
}

function toApiError(error: unknown): unknown {
  if (error instanceof OfferRefusedError) return new ApiError(400, 'invalid_offer', 'The offer could not be answered.')
  if (error instanceof TooManyCallsError)
    return new ApiError(429, 'too_many_calls', 'All lines are busy. Try again later.', null, error.retryAfterSeconds)
  if (error instanceof MediaUnavailableError)
    return new ApiError(503, 'media_unavailable', 'Calls cannot be taken at the moment. Try again.', null, 2)
  return error
}
