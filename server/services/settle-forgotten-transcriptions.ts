import { lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { listForgottenTranscriptions, updateTranscription } from '../../db/queries/recording-transcription.ts'
import { queueTranscription } from './queue-transcription.ts'
import type { ServiceDeps } from './service-deps.ts'
import { internalFault } from './transcription-failure.ts'

const batchSize = 100
/** By then every try of the recording's own job is over. */
const forgottenAfterMs = 3_600_000

/**
 * Queues recordings again whose job was lost before it began, and gives up those whose last try did not live to say what became
 * of it: they must not be called under way for ever. Gives how many.
 */
export async function settleForgottenTranscriptions(deps: Pick<ServiceDeps, 'db' | 'bus' | 'clock'>): Promise<number> {
  const now = deps.clock()
  const due = { before: new Date(now.getTime() - forgottenAfterMs), limit: batchSize }
  const { code, message, retryable } = internalFault
  const forgotten = await deps.db.withSystem('settle forgotten transcriptions', async (tx) => {
    const found = await listForgottenTranscriptions(tx, due)
    for (const { id, sessionId, status } of found) {
      if (!(await lockSession(tx, sessionId))) continue
      if (status === 'PENDING') await queueTranscription(deps, tx, id)
      else {
        const failure = { code, message, retryable, at: now.toISOString() }
        await updateTranscription(tx, id, { status: 'FAILED', failure, now })
      }
      await updateChangeNumber(tx, sessionId, now)
    }
    return found
  })
  for (const { sessionId, userId } of forgotten)
    deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: userId, sessionId })
  return forgotten.length
}
