import { updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import { findSession } from '../../db/queries/session.ts'
import { listSegments, lockTranscript, updateRevision, updateSegmentsFinal } from '../../db/queries/transcript.ts'
import type { EventId, SessionId } from '../domain/ids.ts'
import { finalizeSegments } from '../domain/transcript.ts'
import { queueEvaluation } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Closes an ended session's transcript: what is still open keeps its text and becomes final. Does nothing the second time. */
export async function finalizeTranscript(
  deps: Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId'>,
  sessionId: SessionId,
): Promise<void> {
  const userId = await deps.db.withSystem('finalize transcript', async (tx) => {
    const transcript = await lockTranscript(tx, sessionId)
    const session = transcript && (await findSession(tx, sessionId))
    if (!session || transcript.finalizedAt || session.status === 'ACTIVE') return null
    const now = deps.clock()
    const revision = transcript.revision + 1
    const closed = finalizeSegments(await listSegments(tx, sessionId)).map((segment) => segment.itemId)
    await updateSegmentsFinal(tx, sessionId, closed, revision)
    await updateRevision(tx, sessionId, { revision, pendingSegments: 0, finalizedAt: now })
    await updateChangeNumber(tx, sessionId, now)
    if (closed.length > 0) await queueEvaluation(deps, tx, sessionId)
    const detail = { segments: session.segmentCount, madeFinal: closed.length }
    const owner = { sessionId, userId: session.userId }
    await insertSessionEvent(tx, {
      id: deps.makeId<EventId>(),
      ...owner,
      type: 'transcript_finalized',
      detail,
      at: now,
    })
    return session.userId
  })
  if (userId === null) return
  deps.bus.ring(
    { topic: 'transcript', key: sessionId },
    { topic: 'session', key: sessionId },
    { topic: 'history', key: userId, sessionId },
  )
}
