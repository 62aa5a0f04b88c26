import { addOpenCall } from '../../db/queries/deletion.ts'
import { insertJob } from '../../db/queries/job.ts'
import { updateClientSecretUsed, updateProviderCall } from '../../db/queries/client-secret.ts'
import { lockSession } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import { UnauthenticatedError } from '../domain/errors.ts'
import { type ClientSecretId, type EventId, isUuid } from '../domain/ids.ts'
import { capGraceMs } from '../domain/session-state.ts'
import { closeAtCapJob } from '../jobs/definitions.ts'
import { followCall, followedForMs } from './follow-call.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import { hangUpDeletion } from './hang-up-deletion.ts'
import { hashSecret } from './hash-secret.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface CallOffer {
  clientSecretId: string
  /** The bearer of the request. */
  value: string
  offerSdp: string
}

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'background' | 'clock' | 'makeId' | 'provider' | 'log'>

/**
 * Relays the one SDP offer that a secret is good for, and keeps the call's id, so that the call can be ended from here.
 * Throws UnauthenticatedError (unknown, used or expired secret, or the session has ended), ProviderError.
 */
export async function relayCall(deps: Deps, offer: CallOffer): Promise<{ answerSdp: string; callId: string }> {
  const id = offer.clientSecretId
  if (!isUuid(id)) throw refused()
  const secretId = id as ClientSecretId
  const used = await deps.db.withSystem('relay call', (tx) =>
    updateClientSecretUsed(tx, { id: secretId, valueHash: hashSecret(offer.value), now: deps.clock() }),
  )
  if (!used) throw refused()
  const call = await deps.provider.createCall({ secretValue: offer.value, offerSdp: offer.offerSdp })
  const startedAt = await deps.db.withSystem('relay call', async (tx) => {
    // Deleted while the provider was answering.
    const session = await lockSession(tx, used.sessionId)
    if (!session) return null
    const followedUntil = new Date(deps.clock().getTime() + followedForMs)
    await updateProviderCall(tx, secretId, { callId: call.callId, followedUntil })
    const owner = { sessionId: used.sessionId, userId: used.userId }
    const detail = { callNumber: used.callNumber }
    await insertSessionEvent(tx, {
      id: deps.makeId<EventId>(),
      ...owner,
      type: 'call_connected',
      detail,
      at: deps.clock(),
    })
    if (session.status !== 'ACTIVE' || session.callCount !== used.callNumber) return null
    const timeUpAtMs = session.startedAt.getTime() + session.capSeconds * 1000
    await insertJob(tx, closeAtCapJob(session.id, new Date(timeUpAtMs + capGraceMs + 1)))
    return session.startedAt
  })
  if (startedAt) {
    const { sessionId, userId, callNumber } = used
    const followed = { id: secretId, sessionId, userId, callNumber, providerCallId: call.callId, startedAt }
    deps.background.start((stopped) => followCall(deps, followed, stopped))
    return call
  }
  // The session ended, was deleted, or was called anew, while the provider was answering.
  const deletion = await deps.db.withSystem('relay call', (tx) => addOpenCall(tx, used.sessionId, call.callId))
  if (deletion) await hangUpDeletion(deps, deletion)
  else await hangUpCalls(deps, used.userId, [{ id: secretId, providerCallId: call.callId }])
  throw refused()
}

function refused(): UnauthenticatedError {
  return new UnauthenticatedError('This secret is unknown, used or expired. Mint a new one.')
}
